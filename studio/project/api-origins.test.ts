import { expect, it } from 'vitest'
import { apiOrigins } from './api-origins.ts'
import type { Block } from './schema.ts'

it('tells the APIs that get access tokens from those that are only called', () => {
  const data = (id: string, values: Block['values']): Block => ({ id, type: 'data', values })
  const site = {
    pages: [
      {
        id: 'home',
        name: 'Home',
        path: '/',
        access: 'everyone' as const,
        inMenu: true,
        blocks: [
          data('a', { url: 'https://orders.test/' }),
          data('b', { url: 'https://weather.test/', token: 'none' }),
        ],
      },
    ],
    workflows: [],
  }
  expect(apiOrigins(site)).toEqual(['https://orders.test', 'https://weather.test'])
  expect(apiOrigins(site, { withToken: true })).toEqual(['https://orders.test'])
})
