import { loadTrouble, toGuard, type RuntimeHost } from 'lowgate/contract'
import { createSession } from 'lowgate/plugin'
import { runAction } from 'lowgate/workflow-actions'
import { loadProject, pages } from './project.ts'

const { settings, userGroups, steps } = loadProject()
const add = (element: string) => document.body.appendChild(document.createElement(element))
const [headline, visitor, button] = [add('h1'), add('output'), add('button')]

const host: RuntimeHost = {
  basePath: '/',
  environment: () => 'preview',
  pageAddress: ({ pageId }) => pages.find(({ id }) => id === pageId)?.path ?? '/',
  navigate(address, { replace = false } = {}) {
    history[replace ? 'replaceState' : 'pushState'](null, '', address)
    return show()
  },
}
const session = createSession({ settings, host })

function showVisitor() {
  const { user } = session.state
  visitor.textContent = user?.email ?? 'nobody'
  const label = user ? 'Log out' : 'Log in'
  button.textContent = label
  button.onclick = () => runAction(steps[label].code, steps[label].args, session).catch(showError)
}

async function showError(error: unknown) {
  const { title, cure } = await loadTrouble(error)
  headline.textContent = [title, cure].join(' ')
  showVisitor()
}

/** Shows the page at the address of the browser, or what takes its place. */
async function show(): Promise<void> {
  headline.textContent = ''
  const { pathname, search, hash } = location
  const page = pages.find(({ path }) => path === pathname)
  const entry = await session.enter(pathname + search + hash, page ? [toGuard(page.access, userGroups)] : [])
  // The visitor may have gone on to another page meanwhile.
  if (location.pathname !== pathname || entry.outcome === 'leave') return
  if (entry.outcome === 'redirect') return host.navigate(entry.address, { replace: true })
  if (entry.outcome === 'error') {
    history.replaceState(null, '', entry.address)
    return showError(entry.error)
  }
  headline.textContent = page?.name ?? 'There is no such page.'
  if (session.state.isLoading) await session.client.getUser()
  showVisitor()
}

for (const event of ['login', 'logout', 'session-expired'] as const) session.on(event, showVisitor)
addEventListener('popstate', () => void show())
// The Back button may lead to a page that was left, blank, for the login page.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted && !headline.textContent) void host.navigate('/', { replace: true })
})
void show()
