import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { startEverything } from './everything.ts'
import { requireFreePorts } from './ports.ts'
import { describeStart, type StartAddresses } from './report.ts'
import { readSettings } from './settings.ts'

describe('readSettings', () => {
  it('counts the ports up from PORT_BASE', () => {
    expect(readSettings({ PORT_BASE: '5000' }).ports).toEqual({
      tenants: { preview: 5000, production: 5001 },
      proxy: 5002,
      studio: 5003,
      sites: { preview: 5004, production: 5005 },
    })
  })

  it.each(['abc', '80', '65535', '4400.5'])('names PORT_BASE when it is %s', (PORT_BASE) => {
    expect(() => readSettings({ PORT_BASE })).toThrow(/^PORT_BASE /)
  })
})

describe('the operator token', () => {
  it('is a new one for each start, or the one given', () => {
    const [one, other] = [readSettings({}), readSettings({})].map(({ operatorToken }) =>
      operatorToken.reveal(),
    )
    expect(one).not.toBe(other)
    const given = { OPERATOR_TOKEN: 'a-token-of-sixteen' }
    expect(readSettings(given).operatorToken.reveal()).toBe('a-token-of-sixteen')
  })

  it('is refused when it is empty: the studio would be turned away at every request', () => {
    expect(() => readSettings({ OPERATOR_TOKEN: '' })).toThrow(/^OPERATOR_TOKEN is empty\./)
  })

  it('is refused when the backend proxy would not take it', async () => {
    const env = { OPERATOR_TOKEN: 'short', PORT_BASE: '49100', DATA_DIR: join(tmpdir(), 'never-made') }
    await expect(startEverything(env)).rejects.toThrow(/^OPERATOR_TOKEN needs 16/)
  })

  it('is not printed with the settings that hold it', () => {
    const settings = readSettings({ OPERATOR_TOKEN: 'CANARY-operator-token' })
    expect(inspect(settings) + JSON.stringify(settings)).not.toContain('CANARY')
  })
})

describe('describeStart', () => {
  const tenant = { domain: '127.0.0.1:1', m2m: { clientId: 'm', clientSecret: 's' }, users: [] }
  const addresses: StartAddresses = {
    studio: 'http://localhost:1',
    studioUrl: 'http://localhost:1/?token=t',
    proxy: 'http://127.0.0.1:2',
    operatorToken: 'o',
    tenants: { preview: tenant, production: tenant },
  }

  it('names the sites of a project, and none where there is no project', () => {
    const sites = { preview: 'http://shop.localhost:3', production: 'http://shop.localhost:4' }
    expect(describeStart({ ...addresses, sites })).toContain('http://shop.localhost:4')
    expect(describeStart(addresses)).not.toMatch(/site/i)
  })
})

describe('requireFreePorts', () => {
  it('names the port in use and the way out', async () => {
    const other = createServer().listen(0, 'localhost')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    await expect(requireFreePorts([port])).rejects.toThrow(`Port ${port} is in use`)
    other.close()
    await once(other, 'close')
    await expect(requireFreePorts([port])).resolves.toBeUndefined()
  })
})
