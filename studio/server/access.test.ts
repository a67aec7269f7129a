import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { renewEntryLink } from './entry-link.ts'
import { createTestStudio, type TestStudio } from './testing/test-studio.ts'

const password = 'correct horse battery'

let studio: TestStudio
beforeAll(async () => {
  studio = await createTestStudio()
})
afterAll(() => studio.close())
afterEach(() => vi.useRealTimers())

const newLink = () => new URL(renewEntryLink(studio.folder))
const follow = (link: URL, headers: Record<string, string> = {}) =>
  studio.anonymous('GET', link.pathname + link.search, undefined, headers)

describe('without a session', () => {
  it.each([
    ['GET', '/api/projects'],
    ['GET', '/api/projects/my-site'],
    ['PUT', '/api/projects/my-site'],
    ['POST', '/api/projects/my-site/publish'],
    ['DELETE', '/api/projects/my-site'],
    ['GET', '/api/proxy/projects/my-site/connections'],
    ['GET', '/api/nothing-here'],
    ['GET', '/api//projects'],
    ['GET', '/api/session/../projects'],
  ])('%s %s answers 401 in the contract’s shape', async (method, path) => {
    const answer = await studio.anonymous(method, path)
    expect(answer.status).toBe(401)
    expect(await answer.json()).toEqual({
      error: 'unauthorized',
      error_description: 'The studio is not open in this browser.',
      suggestion: expect.stringContaining('npm run studio:link'),
      request_id: expect.any(String),
    })
  })

  it('hands out the app’s page, which says where to find the address, and nothing of a project', async () => {
    const answer = await studio.anonymous('GET', '/projects/my-site/pages')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await (await studio.anonymous('GET', '/api/session')).json()).toEqual({
      isOpen: false,
      takesPassword: false,
    })
  })

  it.each(['', 'no-signature', `${Date.now() + 1e9}.AAAA`, `${Date.now() + 1e9}.${'A'.repeat(43)}=`])(
    'takes no session that it did not sign: %j',
    async (value) => {
      const cookie = `lowgate-studio-5000=${value}`
      expect((await studio.anonymous('GET', '/api/projects', undefined, { cookie })).status).toBe(401)
    },
  )
})

describe('the printed address', () => {
  it('gives a session once, and leaves the address bar', async () => {
    const link = newLink()
    const first = await follow(link)
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toBe('/')
    expect(first.headers.get('referrer-policy')).toBe('same-origin')
    expect(first.headers.get('cache-control')).toBe('no-store')
    const cookie = first.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^lowgate-studio-5000=.*; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/)
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    expect((await studio.anonymous('GET', '/api/projects', undefined, headers)).status).toBe(200)

    const second = await follow(link)
    expect(second.headers.get('location')).toBe('/')
    expect(second.headers.get('set-cookie')).toBeNull()
  })

  it('keeps the rest of the address', async () => {
    const link = newLink()
    link.pathname = '/projects/my-site/authentication'
    link.searchParams.set('rolesClaim', 'https://acme.example/roles')
    expect((await follow(link)).headers.get('location')).toBe(
      '/projects/my-site/authentication?rolesClaim=https%3A%2F%2Facme.example%2Froles',
    )
  })

  it('leads to no other site', async () => {
    const link = newLink()
    for (const path of ['http://localhost//evil.test/', '/\\evil.test/']) {
      const answer = await studio.anonymous('GET', path + link.search)
      expect(answer.headers.get('location')).toBe('/evil.test/')
    }
  })

  it('is not used up by a look ahead, a wrong token or an API call', async () => {
    const link = newLink()
    await studio.anonymous('HEAD', `/${link.search}`)
    await studio.anonymous('GET', '/?token=wrong')
    await studio.anonymous('GET', `/api/projects${link.search}`)
    expect((await follow(link)).headers.get('set-cookie')).toBeTruthy()
  })

  it('works no longer once there is a newer one', async () => {
    const [old, current] = [newLink(), newLink()]
    expect((await follow(old)).headers.get('set-cookie')).toBeNull()
    expect((await follow(current)).headers.get('set-cookie')).toBeTruthy()
  })

  it('is kept as a hash in a file that nobody else on this machine can read', () => {
    const file = join(studio.folder, 'entry-link.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain(newLink().searchParams.get('token'))
  })

  it('cannot be made where no studio was started', () => {
    expect(() => renewEntryLink(join(studio.folder, 'elsewhere'))).toThrow(/No studio/)
  })
})

describe('a session', () => {
  it('outlives a restart, and ends when its key is deleted', async () => {
    const headers = { cookie: studio.cookie }
    const restarted = await createTestStudio({ folder: studio.folder })
    expect((await restarted.anonymous('GET', '/api/projects', undefined, headers)).status).toBe(200)
    expect(statSync(join(studio.folder, 'session.key')).mode & 0o777).toBe(0o600)
    rmSync(join(studio.folder, 'session.key'))
    const rekeyed = await createTestStudio({ folder: studio.folder })
    expect((await rekeyed.anonymous('GET', '/api/projects', undefined, headers)).status).toBe(401)
    await rekeyed.database.destroy()
    await restarted.database.destroy()
  })

  it('ends after 30 days', async () => {
    vi.useFakeTimers({ now: Date.now() + 30 * 86_400_000 + 1000, toFake: ['Date'] })
    expect((await studio.api('GET', '/api/projects')).status).toBe(401)
  })

  it('is found beside a cookie of the same name that a page on another port has set', async () => {
    const cookie = `lowgate-studio-5000=planted; ${studio.cookie}`
    expect((await studio.anonymous('GET', '/api/projects', undefined, { cookie })).status).toBe(200)
  })

  it('is of no use to another site, even where the browser sends it', async () => {
    for (const headers of [{ origin: 'http://localhost:5004' }, { 'sec-fetch-site': 'same-site' }])
      expect((await studio.api('GET', '/api/projects', undefined, headers as never)).status).toBe(403)
  })
})

describe('a studio with a password', () => {
  const publicUrl = 'https://studio.acme.example'
  const at = { host: 'studio.acme.example', origin: publicUrl }
  let guarded: TestStudio
  beforeAll(async () => {
    guarded = await createTestStudio({ password, publicUrl })
  })
  afterAll(() => guarded.close())
  const logIn = (attempt: unknown, headers = {}) =>
    guarded.anonymous('POST', '/api/session', { password: attempt }, { ...at, ...headers })

  it('opens with it, over https only', async () => {
    expect(await (await guarded.anonymous('GET', '/api/session', undefined, at)).json()).toEqual({
      isOpen: false,
      takesPassword: true,
    })
    const answer = await logIn(password)
    expect(answer.status).toBe(200)
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-.*; HttpOnly; Secure; SameSite=Strict/)
    const headers = { ...at, cookie: cookie.split(';')[0] ?? '' }
    expect((await guarded.anonymous('GET', '/api/projects', undefined, headers)).status).toBe(200)
  })

  it('answers only under its public name', async () => {
    for (const host of ['localhost:5000', 'evil.test', 'studio.acme.example.evil.test'])
      expect((await logIn(password, { host })).status).toBe(421)
  })

  it('takes no login that another site sends', async () => {
    expect((await logIn(password, { origin: 'https://evil.test' })).status).toBe(403)
    expect((await logIn(password, { 'x-lowgate': '' })).status).toBe(403)
  })

  it.each(['wrong', '', null, { $ne: '' }, [password]])('refuses %j', async (attempt) => {
    const answer = await logIn(attempt)
    expect(answer.status).toBe(401)
    expect((await answer.json()).error).toBe('unauthorized')
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  it('ends its sessions when the password changes', async () => {
    const cookie = (await logIn(password)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const changed = await createTestStudio({
      folder: guarded.folder,
      password: 'another password',
      publicUrl,
    })
    expect((await changed.anonymous('GET', '/api/projects', undefined, { ...at, cookie })).status).toBe(401)
    await changed.database.destroy()
  })

  it('slows down guesses, also many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => logIn(`guess ${index}`)))
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10)
    const refused = answers.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await refused?.json())?.error).toBe('rate_limited')
  })

  it('takes no password where none was set', async () => {
    const answer = await studio.anonymous('POST', '/api/session', { password: '' })
    expect(answer.status).toBe(401)
  })
})
