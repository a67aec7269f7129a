import { describe, expect, it } from 'vitest'
import { requireSafeExposure } from './exposure.ts'

const password = 'correct horse battery'
const publicUrl = 'https://studio.acme.example'

describe('a studio that other machines can reach', () => {
  it.each([
    ['localhost', {}],
    ['127.0.0.1', {}],
    ['::1', {}],
    ['localhost', { publicUrl }],
    ['localhost', { publicUrl: 'http://localhost:8080' }],
    ['0.0.0.0', { password, publicUrl }],
    ['10.0.0.7', { password, publicUrl }],
  ])('may listen on %s with %j', (host, rest) => {
    expect(() => requireSafeExposure({ host, ...rest })).not.toThrow()
  })

  it.each([
    ['0.0.0.0', {}, /STUDIO_PASSWORD/],
    ['::', {}, /STUDIO_PASSWORD/],
    ['', {}, /STUDIO_PASSWORD/],
    ['192.168.1.4', { password }, /STUDIO_URL/],
    ['studio.acme.example', { publicUrl }, /STUDIO_PASSWORD/],
    ['localhost.evil.test', {}, /STUDIO_PASSWORD/],
    ['0.0.0.0', { password: 'short', publicUrl }, /12 characters/],
    ['localhost', { password: 'short' }, /12 characters/],
    ['0.0.0.0', { password, publicUrl: 'http://studio.acme.example' }, /https/],
    ['localhost', { publicUrl: 'http://studio.acme.example' }, /https/],
    ['localhost', { publicUrl: 'https://studio.acme.example/path' }, /STUDIO_URL/],
    ['localhost', { publicUrl: 'studio.acme.example' }, /STUDIO_URL/],
  ])('may not listen on %j with %j', (host, rest, reason) => {
    expect(() => requireSafeExposure({ host, ...rest })).toThrow(reason)
  })
})
