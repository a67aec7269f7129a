import { expect, test } from 'vitest'
import { editorTexts } from '../../../contract/errors/editor-texts.ts'
import { useSite } from '../../testing/site.ts'

const site = useSite()
const texts = '**/visitor-texts*.js'
const fail = () => site.page.goto(site.url('/callback?code=old&state=used'))
const alert = () => site.page.getByRole('alert')

test('an error’s text is downloaded when it is shown, and that of the editor never', async () => {
  const scripts = new Map<string, Promise<string>>()
  site.page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.set(response.url(), response.text())
  })
  const names = () => [...scripts.keys()].join()
  await site.page.goto(site.url())
  await site.page.getByRole('button', { name: 'Log in' }).waitFor()
  expect(names()).not.toContain('visitor-texts')
  await fail()
  await alert().filter({ hasText: 'auth/state-missing: This login link was used before' }).waitFor()
  expect(names()).toContain('visitor-texts')
  const downloaded = (await Promise.all(scripts.values())).join()
  for (const { title } of Object.values(editorTexts)) expect(downloaded).not.toContain(title)
})

test('an error is told even where its text cannot be downloaded', async () => {
  await site.page.route(texts, (route) => route.abort())
  await fail()
  await alert()
    .filter({ hasText: 'auth/state-missing: A part of this page could not be downloaded.' })
    .waitFor()
})
