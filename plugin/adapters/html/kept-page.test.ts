import { chromium, type Browser } from '@playwright/test'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { submitCredentials } from '../../testing/browser.ts'
import { setStage } from './testing/stage.ts'

const stage = setStage({ base: '/shop/' })

// Outside of tests browsers keep a page that is left, and show it again as it was when the visitor goes back.
let keeping: Browser
beforeAll(async () => {
  keeping = await chromium.launch({
    ...inject('browserOptions'),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
})
afterAll(() => keeping.close())

test('under a base path, Back never leads to a blank page, nor to a private one after a logout', async () => {
  const page = await keeping.newPage()
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  await page.goto(stage.url('/members/'))
  await page.getByLabel('Email address').waitFor()
  await page.evaluate(() => void setTimeout(() => history.back()))
  const dialog = page.getByRole('dialog', { name: 'You need to log in.' })
  await Promise.any([
    dialog.getByRole('button', { name: 'Log in' }).click(),
    // Where the browser did not keep the page, it asks again.
    page.getByLabel('Email address').waitFor(),
  ])
  await submitCredentials(page)
  await page.getByRole('heading', { name: 'For members' }).waitFor()
  expect(page.url()).toBe(stage.url('/members/'))
  await button('Log out').click()
  await button('Log in').waitFor()
  expect(page.url()).toBe(stage.url())
  await page.evaluate(() => void setTimeout(() => history.back()))
  await Promise.any([button('Log in').waitFor(), page.getByLabel('Email address').waitFor()])
  expect(await page.getByRole('heading', { name: 'For members' }).isVisible()).toBe(false)
})
