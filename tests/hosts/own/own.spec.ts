import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { startBackendProxy } from '@lowgate/proxy'
import { createProxyClient } from 'lowgate/contract/proxy-api'
import { hostTest } from '../support/host-test.ts'
import { logInAtTenant, people } from '../support/kit.ts'

const test = hostTest({
  name: 'own',
  app: join(import.meta.dirname, '../../../docs/examples/host'),
  build: 'vite build',
  serve: (port) => `vite preview --strictPort --port ${port}`,
})
const operatorToken = 'operator-token-of-the-tests'

test('a host of a hundred lines connects a tenant, and shows its visitors what they may see', async ({
  page,
  site: { origin, tenant, seed },
}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lowgate-own-'))
  const proxy = await startBackendProxy({
    ...{ dataDir, port: 0, operatorToken, logLevel: 'silent' },
    allowedOrigins: [origin],
    localTenants: [tenant.domain],
  })
  const heading = page.getByRole('heading', { level: 1 })
  try {
    const { token } = await createProxyClient({ url: proxy.url, token: operatorToken }).issueToken({
      params: { project: 'my-site' },
      body: { label: 'Mia', environments: ['preview'] },
    })
    await page.goto(`${origin}/editor`)
    await page.getByLabel('Proxy address').fill(proxy.url)
    await page.getByLabel('Editor token').fill(token)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    const m2m = seed.clients?.find(({ app_type }) => app_type === 'non_interactive')
    await page.getByRole('textbox', { name: 'Domain', exact: true }).fill(tenant.domain)
    await page.getByLabel('M2M client ID').fill(m2m?.client_id ?? '')
    await page.getByLabel('M2M client secret').fill(m2m?.client_secret ?? '')
    await page.getByRole('button', { name: 'Test connection' }).click()
    await page.getByRole('combobox', { name: 'SPA application' }).click()
    await page.getByRole('option', { name: 'Acme site' }).click()
    const save = page.getByRole('button', { name: 'Save', exact: true })
    await save.click()
    await expect(save).toBeDisabled()
    const claim = page.getByRole('textbox', { name: 'Roles claim' })
    await claim.fill('https://lowgate.example/roles')
    await claim.press('Tab')
    const button = page.getByRole('group', { name: 'Button “Log in”' })
    await button.getByRole('textbox', { name: 'Login hint' }).fill(people.member.email)
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('project')))
      .toMatch(/clientId.*rolesClaim.*loginHint/)
  } finally {
    await proxy.close()
    rmSync(dataDir, { recursive: true })
  }

  await page.goto(`${origin}/members?a=1#b`)
  await page.getByLabel('Password', { exact: true }).waitFor()
  await page.goto(origin)
  await expect(page.getByRole('status')).toHaveText('nobody')
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByLabel('Email address')).toHaveValue(people.member.email)
  await page.getByLabel('Password', { exact: true }).fill(people.member.password)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(page.getByRole('status')).toHaveText(people.member.email)
  await page.goto(`${origin}/members`)
  await expect(heading).toHaveText('Members')
  await page.goto(`${origin}/managers`)
  await expect(heading).toContainText('You may not see this page.')
  await page.goto(origin)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('status')).toHaveText('nobody')
  await page.goto(`${origin}/managers?a=1#b`)
  await page.getByLabel('Password', { exact: true }).waitFor()
  await logInAtTenant(page)
  await expect(heading).toHaveText('Managers')
  expect(page.url()).toBe(`${origin}/managers?a=1#b`)
})
