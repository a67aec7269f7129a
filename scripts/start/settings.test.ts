import { createServer } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { requireFreePorts } from './ports.ts'
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
