import { expect, test } from 'vitest'
import type { Environment, PublicConnection } from '../../contract/index.ts'
import { connectionInForce } from './probe.ts'

const of = (domain: string): PublicConnection => ({ domain, clientId: domain })
const connections = { preview: of('preview'), production: of('production') }

test.each([
  ['editor', 'preview'],
  ['preview', 'preview'],
  ['staging', 'production'],
  ['production', 'production'],
] as [Environment, Environment][])('in %s, the connection of %s is in force', (answer, environment) => {
  const inForce = connectionInForce({ connections }, 'https://acme.example', answer)
  expect(inForce).toEqual({ environment, connection: connections[environment as 'preview'] })
})

test('the map of origins wins over the host’s answer', () => {
  const settings = { connections, origins: { 'https://staging.acme.example': 'preview' } as const }
  expect(connectionInForce(settings, 'https://staging.acme.example', 'production').environment).toBe(
    'preview',
  )
  expect(connectionInForce(settings, 'https://acme.example', 'production').environment).toBe('production')
})

test('production never falls back, nor does an environment that nobody knows', () => {
  const only = { connections: { preview: of('preview') } }
  const nothing = { environment: undefined, connection: undefined }
  expect(connectionInForce(only, 'https://acme.example', 'production')).toEqual(nothing)
  expect(connectionInForce({ connections }, 'https://acme.example', 'test' as Environment)).toEqual(nothing)
})
