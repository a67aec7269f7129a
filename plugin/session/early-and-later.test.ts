import { expect, test } from 'vitest'
import { ada, claimsLine, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const api = 'https://api.acme.example'
const reports = 'https://reports.acme.example'
const clientId = 'acmeWebSiteSpaApplication000Prev'

/** Everything at once that the page's head has to know as the runtime does. */
const site = useSite({
  base: '/shop/',
  settings: (origin, domain) => ({
    storage: 'memory',
    multiResource: true,
    connections: {
      // The host's answer is the preview; the map of origins knows better.
      preview: { domain, clientId: 'of-another-application' },
      staging: { domain, clientId, audience: api, organization: 'Acme-North' },
    },
    origins: { [origin]: 'staging' },
  }),
  seed(seed) {
    seed.resource_servers?.push({
      id: '65f1a0000000000000000002',
      identifier: reports,
      name: 'Reports',
      scopes: [{ value: 'read:reports' }],
      signing_alg: 'RS256',
      allow_offline_access: true,
    })
    for (const client of seed.clients)
      if (client.client_id === clientId)
        client.refresh_token = {
          rotation_type: 'rotating',
          ...client.refresh_token,
          policies: [{ audience: reports, scope: ['read:reports'] }],
        }
  },
})

/** Lets the head's script of the pages that are opened from now on see no trace of a session. */
const withoutHead = () =>
  site.page.addInitScript(() => {
    const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie') ?? {}
    Object.defineProperty(document, 'cookie', {
      get: () => (document.body ? get?.call(document) : ''),
      set: (cookie: string) => set?.call(document, cookie),
    })
  })

/** Opens the page again and answers what the tenant was asked silently, and what is known of the visitor then. */
async function reopen(path = '/') {
  await site.control.clearRequests()
  const files: string[] = []
  site.page.on('request', (request) => files.push(request.url()))
  await site.page.goto(site.url(path))
  await userLine(site.page).waitFor()
  const [asked = {}] = (await site.asked('/authorize')).filter(({ prompt }) => prompt === 'none')
  const { client_id, redirect_uri, audience, organization, response_mode, code_challenge_method } = asked
  return {
    isEarly: !files.some((file) => file.includes('sdk-client')),
    asked: { client_id, redirect_uri, audience, organization, response_mode, code_challenge_method },
    user: await userLine(site.page).textContent(),
    claims: await claimsLine(site.page).textContent(),
  }
}

/** What the tokens for each API are good for. */
const tokens = () =>
  site.page.evaluate(
    async ([reports]) => {
      const read = (token: string) => {
        const { aud, org_id } = JSON.parse(
          atob(token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
        )
        return { aud, org_id }
      }
      const { getAccessToken } = window.session.client
      const own = await getAccessToken()
      const other = await getAccessToken({ audience: reports ?? '' })
      return { own: read(own), other: read(other), isKept: own === (await getAccessToken()) }
    },
    [reports],
  )

test('the page’s head asks as the SDK does: base path, origin, organization, API', async () => {
  await site.login(ada)
  const early = await reopen('/members')
  const earlyTokens = await tokens()
  await withoutHead()
  const later = await reopen('/members')
  expect([early.isEarly, later.isEarly]).toEqual([true, false])
  expect({ ...early, isEarly: false }).toEqual(later)
  expect(early.asked).toMatchObject({
    client_id: clientId,
    redirect_uri: site.url('/callback'),
    audience: api,
    organization: 'acme-north',
  })
  expect(await tokens()).toEqual(earlyTokens)
  expect(earlyTokens).toMatchObject({
    own: { aud: expect.arrayContaining([api]), org_id: 'org_acmeNorth0000001' },
    other: { aud: expect.arrayContaining([reports]), org_id: 'org_acmeNorth0000001' },
    isKept: true,
  })
})

test('the page’s head goes on in the organization that the visitor switched to, as the SDK does', async () => {
  await site.login(ada)
  await site.page.evaluate(
    () => void window.session.client.switchOrganization({ organization: 'org_acmeSouth0000001' }),
  )
  await expect
    .poll(() =>
      claimsLine(site.page)
        .textContent()
        .catch(() => ''),
    )
    .toContain('acme-south')
  const early = await reopen()
  await withoutHead()
  const later = await reopen()
  expect([early.isEarly, later.isEarly]).toEqual([true, false])
  expect({ ...early, isEarly: false }).toEqual(later)
  expect(early.asked.organization).toBe('org_acmeSouth0000001')
})
