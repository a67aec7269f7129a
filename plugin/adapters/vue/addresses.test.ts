import { expect, test } from 'vitest'
import { submitCredentials } from '../../testing/browser.ts'
import { useSite } from '../../testing/site.ts'

const site = useSite({ base: '/shop/' })

test.each([
  '/orders/7',
  '/orders/a%20b%2Fc',
  '/orders/50%25%3F?tab=50%25#%C3%A9',
  '/orders/7?name=O%27Brien&code=of-another&state=theirs',
])('%s does not change through a login, a refusal and a change of its hash', async (path) => {
  const refusal = site.page.getByRole('heading', { name: 'You may not see this page.' })
  await site.page.goto(site.url(path))
  await submitCredentials(site.page)
  await refusal.waitFor()
  expect(site.page.url()).toBe(site.url(path))
  await site.page.evaluate(() => void (location.hash = 'elsewhere'))
  await site.page.waitForTimeout(300)
  await refusal.waitFor()
  expect(site.page.url()).toBe(site.url(`${path.split('#')[0]}#elsewhere`))
})
