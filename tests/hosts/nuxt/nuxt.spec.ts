import { join } from 'node:path'
import { expect } from '@playwright/test'
import { hostTest, logInAndOut } from '../support/host-test.ts'
import { casesFor, logInAtTenant } from '../support/kit.ts'

const nuxt = hostTest({
  name: 'nuxt',
  app: join(import.meta.dirname, 'app'),
  build: 'nuxt build',
  serve: () => 'node .output/server/index.mjs',
})

for (const { title, run } of casesFor()) nuxt(`Nuxt: ${title}`, run)

nuxt('Nuxt: a server sends nothing of a private page, whatever its address', async ({ site }) => {
  const answers = [
    '/members',
    '/members/?a=%2C&b=c+d',
    '/managers',
    '/callback?code=a&state=b',
    '/logged-out',
  ]
  for (const path of answers) {
    const address = site.origin.replace('app.localhost', 'localhost') + path
    const answer = await fetch(address, { redirect: 'manual' })
    expect([path, answer.status]).toEqual([path, 200])
    const html = await answer.text()
    expect(html).toContain('nobody')
    expect(html).not.toContain('Plans of the members')
    expect(html).not.toContain('<h1>')
  }
})

nuxt('Nuxt: the browser finds what the server rendered, logged in or not', async ({ page, site }) => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text())
  })
  expect(await (await page.goto(site.origin))?.text()).toContain('<h1>Home</h1>')
  await logInAndOut({ page, site })
  await page.goto(`${site.origin}/members`)
  await logInAtTenant(page)
  await expect(page.getByText('Plans of the members')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Plans of the members')).toBeVisible()
  expect(complaints).toEqual([])
})
