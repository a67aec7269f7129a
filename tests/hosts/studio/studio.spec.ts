import { expect, test as base, type APIRequestContext } from '@playwright/test'
import { startLowgate, type Lowgate } from '../../e2e/support/lowgate.ts'
import { casesFor } from '../support/kit.ts'

const page = (name: string, access: unknown, blocks: object[] = []) => ({
  ...{ id: name, name, path: `/${name.toLowerCase()}`, access, inMenu: true },
  blocks: [{ id: `${name}Title`, type: 'heading', values: { text: name, level: '1' } }, ...blocks],
})

/** A button that only those see whom it is for. */
const button = (id: string, label: string, visibleTo: string) => ({
  ...{ id: `${id}For`, type: 'condition', values: { visibleTo } },
  blocks: [{ id, type: 'button', values: { label, look: 'primary' } }],
})
const onClick = (id: string, action: string) => ({
  id: `${id}Click`,
  trigger: { type: 'click', blockId: id },
  steps: [{ id: `${id}Step`, action, args: {} }],
})

/** Builds a site with the kit's three pages, and publishes it. */
async function publishSite(studio: APIRequestContext, lowgate: Lowgate) {
  await studio.get(lowgate.studioUrl)
  const address = `${lowgate.studio}/api/projects/my-site`
  const { project, revision } = await (await studio.get(address)).json()
  const home = page('Home', 'everyone', [
    { id: 'visitor', type: 'userCard', values: { loggedOutText: 'nobody' } },
    button('enter', 'Log in', 'logged-out'),
    button('leave', 'Log out', 'authenticated'),
  ])
  const { domain } = lowgate.tenants.production
  const site = {
    ...project,
    homePageId: 'Home',
    userGroups: [{ id: 'managers', name: 'Managers', roles: ['Manager'] }],
    pages: [
      { ...home, path: '/' },
      page('Members', 'authenticated'),
      page('Managers', { groups: ['managers'] }),
    ],
    workflows: [onClick('enter', 'loginWithRedirect'), onClick('leave', 'logout')],
    settings: {
      connections: { production: { domain, clientId: 'acmeWebSiteSpaApplication000Prod' } },
      rolesClaim: 'https://lowgate.example/roles',
    },
  }
  const saved = await studio.put(address, { data: { revision, project: site } })
  expect(saved.status(), await saved.text()).toBe(200)
  const published = await studio.post(`${address}/publish`, {
    // The connection is the project's only: the proxy knows no tenant to check.
    data: { revision: revision + 1, overruled: ['not-checked'] },
  })
  expect(await published.text()).toContain('"version"')
}

const test = base.extend<object, { site: { origin: string } }>({
  site: [
    async ({ playwright }, use) => {
      const lowgate = await startLowgate()
      const studio = await playwright.request.newContext({ extraHTTPHeaders: { 'x-lowgate': 'editor' } })
      await publishSite(studio, lowgate)
      await studio.dispose()
      await use({ origin: lowgate.sites.production })
      await lowgate.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

const cases = casesFor({
  visitor: '[aria-label="User card"]',
  isPrivateFile: (address) => /\/pages\/(Members|Managers)\b/.test(address),
})
for (const { title, run } of cases) test(`A site that the studio published: ${title}`, run)
