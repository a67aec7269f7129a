import { expect, test } from 'vitest'
import { headSnippet } from './head-snippet.ts'

const connection = { domain: 'acme.eu.auth0.com', clientId: 'client' }
const options = { environment: 'production', modules: { engine: ['/assets/engine.js'] } } as const

test('is empty while there is nothing to log in to', () => {
  expect(headSnippet({ connections: { preview: connection } }, options)).toBe('')
})

test('is a script that parses, for either storage', () => {
  for (const storage of ['memory', 'localstorage'] as const)
    expect(
      () => new Function(headSnippet({ connections: { production: connection }, storage }, options)),
    ).not.toThrow()
})

test('asks for no session where tokens are bound to a key, which it has not', () => {
  const settings = { connections: { production: connection }, storage: 'memory' } as const
  expect(headSnippet(settings, options)).toContain('/authorize')
  const script = headSnippet({ ...settings, dpop: true }, options)
  expect(script).not.toContain('/authorize')
  expect(script).toContain('/assets/engine.js')
})

test('cannot end the script element around it', () => {
  const hostile = { ...connection, audience: '</script><script>alert(1)</script>' }
  const script = headSnippet({ connections: { production: hostile }, storage: 'memory' }, options)
  expect(script).not.toContain('</script')
  expect(script).toContain('\\u003c/script')
})

test('asks for an organization as Auth0 takes it', () => {
  const member = { ...connection, organization: 'Acme-North' }
  const script = headSnippet({ connections: { production: member }, storage: 'memory' }, options)
  expect(script).toContain('"organization":"acme-north"')
})
