/**
 * What authentication costs a visitor: the same site without any, with ours and with auth0-vue (the anchor), each
 * in turn, in Chromium with a processor four times slower and Fast 3G. Prints one line a figure and a table.
 *
 *     npm run bench -- visitor [rounds]
 */
import { chromium, type Browser, type BrowserContext } from '@playwright/test'
import { connectControl, demoSeed, startLocalTenant, type TenantControl } from '../../local-tenant/index.ts'
import { browserOptions } from '../set-up.mjs'
import { candidates, serve, type Candidate, type Site, type Storage } from './visitor/candidates.ts'

const rounds = Number(process.argv[2] ?? 7)
const portBase = Number(process.env.PORT_BASE ?? 4840)

/** As Chromium's developer tools have it. */
const fast3g = { offline: false, latency: 562.5, downloadThroughput: 188_743, uploadThroughput: 86_400 }

type Figures = Record<Candidate, number[]>
const noFigures = (): Figures => ({ none: [], ours: [], 'auth0-vue': [] })

/** A fresh browser profile on a slow phone. */
async function onSlowPhone<T>(
  browser: Browser,
  state: Awaited<ReturnType<BrowserContext['storageState']>> | undefined,
  visit: (page: Awaited<ReturnType<BrowserContext['newPage']>>) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(state && { storageState: state })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', fast3g)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  try {
    return await visit(page)
  } finally {
    await context.close()
  }
}

/** Logs in without any throttling and answers what the browser keeps. */
async function login(browser: Browser, site: Site) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(site.origin)
  await page.evaluate(() => void window.login())
  await page.getByLabel('Email address').fill('ada@acme.example')
  await page.getByLabel('Password', { exact: true }).fill('Ada-Loves-Engines-1')
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await page.getByText('ada@acme.example').waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}

async function measure(browser: Browser, control: TenantControl, sites: Site[]) {
  const bytes = noFigures()
  const mounted = noFigures()
  const known = noFigures()
  const requests = noFigures()
  const returning = sites.filter(({ candidate }) => candidate !== 'none')
  for (let round = 0; round <= rounds; round++) {
    // The first round warms caches of the machine and is not counted.
    const note = (figures: Figures, candidate: Candidate, value: number) =>
      round && figures[candidate].push(value)

    // The first of one round comes last in the next.
    const inTurn = round % 2 ? sites : [...sites].reverse()
    for (const { candidate, origin, sent } of inTurn) {
      sent.bytes = 0
      const time = await onSlowPhone(browser, undefined, async (page) => {
        await page.goto(origin, { waitUntil: 'networkidle' })
        return page.evaluate(() => window.times.mounted ?? NaN)
      })
      note(bytes, candidate, sent.bytes)
      note(mounted, candidate, time)
    }
    for (const site of returning) {
      const state = await login(browser, site)
      await control.clearRequests()
      const time = await onSlowPhone(browser, state, async (page) => {
        await page.goto(site.origin)
        await page.waitForFunction(() => window.times.known)
        return page.evaluate(() => window.times.known ?? NaN)
      })
      note(known, site.candidate, time)
      note(requests, site.candidate, (await control.requests()).length)
    }
    process.stderr.write(`round ${round} of ${rounds}\n`)
  }
  return { bytes, mounted, known, requests }
}

const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

function report(name: string, ours: number, anchor: number): void {
  const shown = (value: number) => (Number.isInteger(value) ? value : value.toFixed(1))
  console.log(
    `${name} ours=${shown(ours)} anchor=${shown(anchor)} ratio=${(anchor === ours ? 1 : anchor / ours).toFixed(2)}`,
  )
}

async function run(storage: Storage, names: Record<'bytes' | 'mounted' | 'known' | 'requests', string>) {
  const origins = candidates.map((_, index) => `http://localhost:${portBase + 1 + index}`)
  const seed = demoSeed('preview', { callbackOrigins: origins })
  const tenant = await startLocalTenant(seed, { port: portBase, control: true })
  const connection = { domain: tenant.domain, clientId: seed.clients[1]?.client_id ?? '' }
  const sites = await Promise.all(
    candidates.map((candidate, index) => serve(candidate, connection, storage, portBase + 1 + index)),
  )
  const browser = await chromium.launch(browserOptions())
  const { bytes, mounted, known, requests } = await measure(browser, connectControl(tenant.url), sites)
  await browser.close()
  await Promise.all([tenant.close(), ...sites.map((site) => site.close())])

  const auth = (candidate: Candidate) => median(bytes[candidate]) - median(bytes.none)
  report(names.bytes, auth('ours'), auth('auth0-vue'))
  report(names.mounted, median(mounted.ours), median(mounted['auth0-vue']))
  report(`${names.mounted}-against-none`, median(mounted.ours), median(mounted.none))
  report(names.known, median(known.ours), median(known['auth0-vue']))
  report(names.requests, median(requests.ours), median(requests['auth0-vue']))
  const row = (label: string, value: (candidate: Candidate) => string) =>
    `| ${label} | ${candidates.map(value).join(' | ')} |`
  const ms = (figures: Figures) => (candidate: Candidate) =>
    figures[candidate].length ? `${median(figures[candidate]).toFixed(0)} ms` : '–'
  console.error(
    [
      `\ntokens in ${storage}, medians of ${rounds}`,
      `| | ${candidates.join(' | ')} |\n|---|---|---|---|`,
      row('authentication’s share of a public page', (candidate) => `${auth(candidate)} B`),
      row('a visitor without a session: page mounted', ms(mounted)),
      row('a returning visitor: known', ms(known)),
      row('requests to the tenant', (candidate) =>
        requests[candidate].length ? `${median(requests[candidate])}` : '–',
      ),
    ].join('\n'),
  )
}

// auth0-vue keeps tokens in memory unless told otherwise: returning visitors are compared on the same terms.
await run('localstorage', {
  bytes: 'public-bytes',
  mounted: 'mount-time',
  known: 'returning-known-localstorage',
  requests: 'returning-requests-localstorage',
})
await run('memory', {
  bytes: 'public-bytes-memory',
  mounted: 'mount-time-memory',
  known: 'returning-known',
  requests: 'returning-requests',
})
