import { expect, test } from 'vitest'
import { useSite } from '../testing/site.ts'

const site = useSite()
const engine = '**/router-engine*.js'

const codeOfAsking = () =>
  site.page.evaluate(() =>
    window.session.client.getUser().then(
      () => 'worked',
      (error) => error.code as string,
    ),
  )

test('a part that cannot be downloaded is named, and downloaded at the next try', async () => {
  await site.page.goto(site.url())
  await site.page.route(engine, (route) => route.abort())
  expect(await codeOfAsking()).toBe('auth/not-loaded')
  expect(await site.page.evaluate(() => window.session.state.isLoading)).toBe(false)
  await site.page.unroute(engine)
  expect(await codeOfAsking()).toBe('worked')
})

test('a private page is not entered without the part that judges it', async () => {
  await site.page.goto(site.url())
  await site.page.route(engine, (route) => route.abort())
  await site.page.getByRole('link', { name: 'Members' }).click()
  await site.page.getByRole('alert').filter({ hasText: 'could not be downloaded' }).waitFor()
  expect(site.page.url()).toBe(site.url())
  expect(await site.page.getByText('Private:').count()).toBe(0)
})
