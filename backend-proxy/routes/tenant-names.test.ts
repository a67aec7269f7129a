import { describe, expect, it } from 'vitest'
import { credentialsFor } from '../testing/test-proxy.ts'
import {
  callback,
  clients,
  fixes,
  health,
  list,
  preflight,
  use,
  useStubTenant,
} from '../testing/use-stub-tenant.ts'

const stage = useStubTenant()

describe('names that bend a path or a text', () => {
  const values = ['../clients', '%2e%2e', 'auth0|../x', 'a?b#c', '\\..']

  it.each(values)('%j reaches the tenant as a name', async (value) => {
    expect((await stage.save()).status).toBe(200)
    const answer = await stage.proxy.call('POST', list, { ids: [value] })
    expect(answer).toMatchObject({ status: 200, body: { chosen: [] } })
    const asked = stage.tenant.requests.map(({ line }) => line.split(/[ ?]/)[1] ?? '')
    const names = asked.filter((path) => path.startsWith(`${clients}/`))
    expect(names).toEqual([`${clients}/${encodeURIComponent(value)}`])
    expect(
      (await stage.proxy.call('POST', `${health}/fix`, { choices: { clientId: value }, fixes })).status,
    ).toBe(422)
  })

  it.each(['.', '..', ' .. '])('%j is refused, since it would ask for something else', async (value) => {
    const credentials = credentialsFor(stage.tenant.domain)
    for (const answer of [
      await stage.save({ clientId: value }),
      await stage.proxy.call('POST', list, { credentials, ids: [value] }),
      await stage.proxy.call('POST', health, { credentials, use: { ...use, audiences: [value.trim()] } }),
      await stage.proxy.call('POST', `${health}/fix`, { credentials, choices: { clientId: value }, fixes }),
    ])
      expect(answer.status).toBe(422)
    expect(stage.tenant.requests).toEqual([])
  })

  it.each(['a\u0000b', 'a\r\nb', '\ud800', 'a\u001bb'])('%j is refused in every field', async (value) => {
    const login = { organization: value }
    for (const answer of [
      await stage.save({ audience: value }),
      await stage.save({ m2mClientSecret: value }),
      await stage.proxy.call('POST', list, {
        credentials: credentialsFor(stage.tenant.domain),
        ids: [value],
      }),
      await stage.proxy.call('POST', list, {
        credentials: credentialsFor(stage.tenant.domain),
        search: value,
      }),
      await stage.proxy.call('POST', health, {
        credentials: credentialsFor(stage.tenant.domain),
        use: { ...use, organizations: [value] },
      }),
      await stage.proxy.call('POST', preflight, {
        connection: { domain: stage.tenant.domain, clientId: 'spa1' },
        callback,
        login,
      }),
    ])
      expect(answer).toMatchObject({ status: 422, body: { error: 'invalid_input' } })
    expect(stage.tenant.requests).toEqual([])
  })
})
