import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import { beforeAll, expect, test } from 'vitest'
import { ada } from '../../testing/demo-tenant.ts'
import { setStage } from '../../testing/stage.ts'

/** The application's callback under the name for which Auth0 asks whether it may return there. */
const onLocalhost = (origin: string) => `${origin.replace('app.localhost', 'localhost')}/callback`

const stage = setStage((seed, app) => {
  const [, spa, , kiosk] = seed.clients
  spa?.callbacks?.push(onLocalhost(app.origin))
  if (!kiosk) return
  kiosk.callbacks = [`${app.origin}/callback`]
  kiosk.organization_usage = 'require'
  kiosk.organization_require_behavior = 'post_login_prompt'
})
const MULTIFACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'
let axe: string

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})

const authorizeUrl = (params: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    client_id: stage.tenant.clientId,
    response_type: 'code',
    redirect_uri: `${stage.app.origin}/callback`,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...params,
  })
  return `${stage.tenant.url}/authorize?${query.toString()}`
}

async function findProblems(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe })
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string }[] }> }
    }
    const { violations } = await checker.run()
    const wide = document.documentElement.scrollWidth > window.innerWidth
    return [...violations.map(({ id }) => id), ...(wide ? ['wider than the window'] : [])]
  })
}

test.each([
  ['light', 1440],
  ['dark', 390],
] as const)('every page is accessible and fits, in %s at %i px', async (colorScheme, width) => {
  const { page, submitCredentials } = await stage.visit()
  await page.setViewportSize({ width, height: 844 })
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  const problems: Record<string, string[]> = {}
  const note = async () => {
    problems[await page.title()] = await findProblems(page)
  }
  const check = async (url: string) => {
    await page.goto(url)
    await note()
  }
  await check(authorizeUrl())
  await check(authorizeUrl({ screen_hint: 'signup', ui_locales: 'fr' }))
  await check(authorizeUrl({ redirect_uri: 'https://elsewhere.example/' }))
  await check(authorizeUrl({ connection: 'google-oauth2' }))
  await check(authorizeUrl({ client_id: stage.tenant.organizationClientId }))
  await page.goto(authorizeUrl())
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
  await note()
  await page.getByLabel('Email address').fill(ada.email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Check your email' }).waitFor()
  await note()
  await check((await stage.control.mails()).at(-1)?.link ?? '')
  await page.goto(authorizeUrl({ acr_values: MULTIFACTOR }))
  await submitCredentials(ada.email, ada.password)
  await page.getByLabel('One-time code').waitFor()
  await note()
  await page.goto(authorizeUrl({ client_id: stage.tenant.seed.clients[3]?.client_id ?? '' }))
  await page.getByRole('heading', { name: 'Select an organization' }).waitFor()
  await note()
  await stage.control.changeTenant({ skip_non_verifiable_callback_uri_confirmation_prompt: false })
  await check(authorizeUrl({ redirect_uri: onLocalhost(stage.app.origin) }))
  await stage.control.changeTenant({ skip_non_verifiable_callback_uri_confirmation_prompt: true })
  expect(Object.keys(problems)).toHaveLength(11)
  expect(Object.fromEntries(Object.entries(problems).filter(([, found]) => found.length))).toEqual({})
})

test('loads nothing from elsewhere', async () => {
  const { page } = await stage.visit()
  const foreign: string[] = []
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== stage.tenant.url && protocol !== 'data:') foreign.push(request.url())
  })
  await page.goto(authorizeUrl(), { waitUntil: 'networkidle' })
  expect(foreign).toEqual([])
})

test('shows the password on request, and says so to assistive technology', async () => {
  const { page } = await stage.visit()
  await page.goto(authorizeUrl())
  const password = page.getByLabel('Password', { exact: true })
  await password.fill('secret')
  await page.getByRole('button', { name: 'Show password' }).click()
  expect(await password.getAttribute('type')).toBe('text')
  await page.getByRole('button', { name: 'Hide password' }).click()
  expect(await password.getAttribute('type')).toBe('password')
})
