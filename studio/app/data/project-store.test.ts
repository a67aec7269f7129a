import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { removePage } from '../../project/edit/pages.ts'
import { firstProject } from '../../project/first-project.ts'
import { pageOf } from '../../project/walk.ts'
import { createTestStudio, type TestStudio } from '../../server/testing/test-studio.ts'
import { useProjectStore } from './project-store.ts'

let studio: TestStudio
let isOffline = false
let isCutOff = false

/** The app’s requests go to a real studio server, without a network between them. */
beforeEach(async () => {
  isOffline = isCutOff = false
  studio = await createTestStudio()
  vi.stubGlobal(
    'fetch',
    async (path: string, { method = 'GET', body }: { method?: string; body?: string } = {}) => {
      if (isOffline) throw new TypeError('offline')
      const answer = await studio.api(method, path, body && JSON.parse(body))
      return isCutOff ? new Response('{"proj', answer) : answer
    },
  )
})
afterEach(async () => {
  vi.unstubAllGlobals()
  await studio.close()
})

async function openStore() {
  setActivePinia(createPinia())
  const store = useProjectStore()
  await store.open('my-site')
  return store
}

const rename = (store: ReturnType<typeof useProjectStore>, name: string) =>
  store.change(`name ${name}`, (draft) => {
    draft.name = name
  })
const savedName = async () => (await (await studio.api('GET', '/api/projects/my-site')).json()).project.name

describe('the open project', () => {
  it('saves a change by itself and says so', async () => {
    const store = await openStore()
    rename(store, 'Shop')
    expect(store.saveState).toBe('unsaved')
    await vi.waitFor(() => expect(store.saveState).toBe('saved'), 15_000)
    expect(await savedName()).toBe('Shop')
  })

  it('undoes and redoes changes, and saves what came of it', async () => {
    const store = await openStore()
    rename(store, 'One')
    rename(store, 'Two')
    store.undo()
    expect(store.project?.name).toBe('One')
    store.undo()
    expect(store.canUndo).toBe(false)
    store.redo()
    await store.flush()
    expect(await savedName()).toBe('One')
  })

  it('names the page that an undo changed, a page that came back too', async () => {
    const store = await openStore()
    store.change('path', (draft) => (pageOf(draft, 'account').path = '/me'))
    store.change('remove page', (draft) => removePage(draft, 'dashboard'))
    store.undo()
    expect(store.travelled).toEqual({ pageId: 'dashboard' })
    store.undo()
    expect(store.travelled).toEqual({ pageId: 'account' })
  })

  it('keeps connections over an undo, since the backend proxy keeps them too', async () => {
    const store = await openStore()
    rename(store, 'One')
    await store.saveSettings({ connections: { preview: { domain: 't.eu.auth0.com', clientId: 'c' } } })
    store.undo()
    expect(store.project?.settings.connections.preview?.clientId).toBe('c')
  })

  it('loses nothing while the server is away', async () => {
    const store = await openStore()
    isOffline = true
    rename(store, 'Offline')
    await store.flush()
    expect(store.saveState).toBe('failed')
    isOffline = false
    await store.flush()
    expect(store.saveState).toBe('saved')
    expect(await savedName()).toBe('Offline')
  })

  it('tries again after an answer that was cut off', async () => {
    const store = await openStore()
    rename(store, 'Twice')
    isCutOff = true
    await store.flush()
    expect(store.saveState).toBe('failed')
    isCutOff = false
    await store.flush()
    expect(store.saveState).toBe('saved')
    rename(store, 'Once more')
    await store.flush()
    expect(await savedName()).toBe('Once more')
  })

  it('keeps what is not saved when the project is opened again', async () => {
    const store = await openStore()
    isOffline = true
    rename(store, 'Kept')
    await store.flush()
    await store.open('my-site')
    isOffline = false
    expect(store.project?.name).toBe('Kept')
    await store.flush()
    expect(await savedName()).toBe('Kept')
  })

  it('shows the project that was asked for last', async () => {
    await studio.api('POST', '/api/projects', { project: { ...firstProject, name: 'Other' } })
    const store = await openStore()
    await Promise.all([store.open('my-site'), store.open('other')])
    expect(store.project?.id).toBe('other')
    await Promise.all([store.open('other'), store.open('none')])
    expect(store.project).toBeUndefined()
  })

  it('has nothing to undo where a change left everything as it was', async () => {
    const store = await openStore()
    rename(store, 'My site')
    expect(store.canUndo).toBe(false)
    expect(store.saveState).toBe('saved')
  })

  it('forgets what is not saved when it is given up', async () => {
    const store = await openStore()
    isOffline = true
    rename(store, 'Given up')
    await store.flush()
    store.giveUp()
    isOffline = false
    await store.open('my-site')
    expect(store.project?.name).toBe('My site')
    expect(store.saveState).toBe('saved')
  })

  it('holds a conflict until somebody chooses, and keeps ours when told to', async () => {
    const mine = await openStore()
    const theirs = await openStore()
    rename(theirs, 'Theirs')
    await theirs.flush()
    rename(mine, 'Mine')
    await mine.flush()
    expect(mine.saveState).toBe('conflict')
    expect(await savedName()).toBe('Theirs')
    await mine.settle('ours')
    expect(await savedName()).toBe('Mine')
  })

  it('keeps their connection where ours was only out of date', async () => {
    const mine = await openStore()
    const theirs = await openStore()
    await theirs.saveSettings({ connections: { preview: { domain: 't.eu.auth0.com', clientId: 'c' } } })
    rename(mine, 'Mine')
    await mine.flush()
    await mine.settle('ours')
    const { project } = await (await studio.api('GET', '/api/projects/my-site')).json()
    expect(project).toMatchObject({ name: 'Mine', settings: { connections: { preview: { clientId: 'c' } } } })
  })

  it('takes their version when told to', async () => {
    const mine = await openStore()
    const theirs = await openStore()
    rename(theirs, 'Theirs')
    await theirs.flush()
    rename(mine, 'Mine')
    await mine.flush()
    await mine.settle('theirs')
    expect(mine.project?.name).toBe('Theirs')
    expect(mine.saveState).toBe('saved')
  })

  it('says what is wrong with a project that does not exist', async () => {
    const store = await openStore()
    await store.open('none')
    expect(store.loadError?.message).toBe('There is no such project.')
  })
})
