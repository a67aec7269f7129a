import { expect, it } from 'vitest'
import { firstProject } from './first-project.ts'
import { toPublicSite } from './public-site.ts'
import type { Block, Project } from './schema.ts'

const data = (id: string, values: Block['values']): Block => ({ id, type: 'data', values })

it('names to a site the APIs that get its visitors’ access tokens, and those that it only calls apart', () => {
  const [page, ...others] = firstProject.pages
  const blocks = [
    data('orders', { url: 'https://orders.test/' }),
    data('weather', { url: 'https://weather.test/', token: 'none' }),
  ]
  const project = { ...firstProject, workflows: [], pages: [{ ...page, blocks }, ...others] } as Project
  const site = toPublicSite(project, { environment: 'production', basePath: '/' })
  expect(site.tokenOrigins).toEqual(['https://orders.test'])
  expect(site.apiOrigins).toEqual(['https://orders.test', 'https://weather.test'])
})
