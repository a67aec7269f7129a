import manifest from 'lowgate/manifest.json'
import type { Access, Manifest, ManifestAction } from 'lowgate/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { addBlock, removeBlock } from '../edit/blocks.ts'
import { addStep, workflowFor } from '../edit/workflows.ts'
import { firstProject } from '../first-project.ts'
import type { Project, Step } from '../schema.ts'
import { blockOf, pageOf, stepsIn } from '../walk.ts'
import { checkProject } from './check-project.ts'

const popup: ManifestAction = {
  code: 'loginWithPopup',
  name: 'Login with Popup',
  summary: '',
  outcome: 'resolves',
  returns: 'user',
  fields: {},
  input: {},
  errors: [],
}
const actions = [
  ...(manifest as unknown as Manifest).actions.filter(({ code }) => code !== popup.code),
  popup,
]

let project: Project
beforeEach(() => {
  project = structuredClone(firstProject)
  project.settings.connections.production = { domain: 't.eu.auth0.com', clientId: 'c' }
})
const click = { type: 'click', blockId: 'homeButton' } as const
/** The snapshot keeps what each says, how bad it is and where it leads. */
const ids = (roles?: string[]) => {
  const found = checkProject(project, { actions, roles })
  expect(found).toMatchSnapshot()
  return found.map(({ id }) => id)
}
const setAccess = (pageId: string, access: Access) => (pageOf(project, pageId).access = access)
const setArgs = (stepId: string, args: Record<string, never> | object) => {
  for (const { steps } of project.workflows)
    for (const step of stepsIn(steps)) if (step.id === stepId) step.args = args as typeof step.args
}

describe('the check of pages', () => {
  it('finds nothing in the first project', () => {
    expect(ids()).toEqual([])
  })

  it('finds a login page that needs a login', () => {
    setAccess('account', 'authenticated')
    project.settings.loginPage = { pageId: 'account' }
    expect(ids()).toContain('loginPage-private')
  })

  it('finds a page for denied visitors that denies them too', () => {
    setAccess('account', { organizations: ['acme'] })
    project.settings.deniedPage = { pageId: 'account' }
    expect(ids()).toContain('deniedPage-private')
    setAccess('account', 'authenticated')
    expect(ids()).not.toContain('deniedPage-private')
  })

  it('finds a private home page that logouts land on', () => {
    setAccess('home', 'authenticated')
    expect(ids()).toContain('home-private')
    project.settings.loginPage = { pageId: 'account' }
    expect(ids()).not.toContain('home-private')
  })

  it('finds login and denied pages that were deleted', () => {
    project.settings.loginPage = project.settings.deniedPage = { pageId: 'gone' }
    expect(ids()).toEqual(['loginPage-missing', 'deniedPage-missing'])
  })

  it('takes login and denied pages whose parameters are filled in', () => {
    pageOf(project, 'account').path = '/orders/:id/:line'
    project.settings.loginPage = { pageId: 'account', params: { id: '1' } }
    project.settings.deniedPage = { pageId: 'account', params: { id: '1', line: '2' } }
    expect(ids()).toEqual(['loginPage-parameters'])
  })

  it('finds a menu page that nothing can open, since its path has parameters', () => {
    pageOf(project, 'account').path = '/orders/:id'
    expect(ids()).toEqual(['unreachable:account'])
  })

  it('leads to a page that only the login or the refusal opens', () => {
    for (const setting of ['loginPage', 'deniedPage'] as const) {
      pageOf(project, 'account').inMenu = false
      project.settings[setting] = { pageId: 'account' }
      expect(ids()).not.toContain('unreachable:account')
      project.settings[setting] = undefined
    }
  })

  it('finds two pages of one path, and one of a path that login needs', () => {
    pageOf(project, 'account').path = '/dashboard'
    pageOf(project, 'dashboard').path = '/callback'
    expect(ids()).toEqual(['path-reserved:dashboard'])
    pageOf(project, 'dashboard').path = '/dashboard'
    expect(ids()).toEqual(['path-twice:account'])
  })

  it('finds a path that belongs to another language', () => {
    project.languages = ['en', 'fr']
    pageOf(project, 'account').path = '/fr/account'
    pageOf(project, 'dashboard').path = '/en'
    expect(ids()).toEqual(['path-language:account'])
  })

  it('finds home, login and denied pages, and steps, that leave a parameter open', () => {
    pageOf(project, 'account').path = '/orders/:id'
    project.homePageId = 'account'
    project.settings.loginPage = project.settings.deniedPage = { pageId: 'account' }
    const step = addStep(project, 'goToPage', { trigger: click })
    setArgs(step, { page: { pageId: 'account', params: { id: '' } } })
    expect(ids()).toEqual([
      'loginPage-parameters',
      'deniedPage-parameters',
      'home-parameters',
      'page-parameters:homeButton:goToPage',
    ])
    setArgs(step, { page: { pageId: 'account', params: { id: '{{ page.query.id }}' } } })
    expect(ids()).not.toContain('page-parameters:homeButton:goToPage')
  })

  it('finds a page that nothing leads to, until a step does', () => {
    pageOf(project, 'account').inMenu = false
    expect(ids()).toEqual(['unreachable:account'])
    setArgs(addStep(project, 'goToPage', { trigger: click }), { page: { pageId: 'account' } })
    expect(ids()).toEqual([])
  })

  it('finds a step that leads to a deleted page', () => {
    setArgs(addStep(project, 'goToPage', { trigger: click }), { page: { pageId: 'gone' } })
    expect(ids()).toEqual(['page-missing:goToPage:gone'])
  })
})

describe('the check of access', () => {
  beforeEach(() => {
    project.userGroups = [{ id: 'staff', name: 'Staff', roles: ['manager'] }]
    project.settings.rolesClaim = 'https://acme.example/roles'
    setAccess('account', { groups: ['staff'] })
  })

  it('finds a role that the tenant does not have', () => {
    expect(ids(['manager'])).toEqual([])
    expect(ids(['editor'])).toEqual(['role-missing:staff:manager'])
  })

  it('finds a deleted group, on pages and in conditional blocks', () => {
    const block = addBlock(project, 'condition', { pageId: 'home', index: 0 })
    blockOf(project, block).values.visibleTo = { groups: ['gone'] }
    setAccess('account', { groups: ['gone'] })
    expect(ids()).toEqual(['group-missing:condition', 'group-missing:account'])
  })

  it('finds groups that can have no members, since no claim carries roles', () => {
    delete project.settings.rolesClaim
    expect(ids()).toEqual(['no-roles-claim:account'])
  })

  it('finds rules that ask for nothing, and groups that ask for no role', () => {
    setAccess('account', { groups: [], permissions: [], organizations: [] })
    project.userGroups = [{ id: 'staff', name: 'Staff', roles: [] }]
    expect(ids()).toEqual(['rules-empty:account', 'group-empty:staff'])
    setAccess('account', { organizations: ['acme'] })
    expect(ids()).toEqual(['group-empty:staff'])
  })

  it('takes permissions from a claim, without an audience', () => {
    setAccess('account', { permissions: ['read:orders'] })
    project.settings.permissionsClaim = 'https://acme.example/permissions'
    expect(ids()).toEqual([])
  })

  it('finds permissions that never arrive', () => {
    setAccess('account', { permissions: ['read:orders'] })
    expect(ids()).toEqual(['no-permissions:account'])
    project.settings.connections.production = { domain: 'd', clientId: 'c', audience: 'https://api' }
    expect(ids()).toEqual([])
  })
})

describe('the linter of workflows', () => {
  it('finds a popup that is not the first step after a click', () => {
    addStep(project, 'showMessage', { trigger: click })
    setArgs('showMessage', { title: 'Hello' })
    addStep(project, 'loginWithPopup', { trigger: click })
    expect(ids()).toEqual(['popup-late:homeButton:loginWithPopup'])
  })

  it('finds a popup that no click starts', () => {
    addStep(project, 'loginWithPopup', { trigger: { type: 'session', event: 'session-expired' } })
    expect(ids()).toEqual(['popup-late:session-expired:loginWithPopup'])
  })

  it('finds steps after a redirect', () => {
    addStep(project, 'loginWithRedirect', { trigger: click })
    addStep(project, 'logout', { trigger: click })
    expect(ids()).toEqual(['after-leaving:homeButton:loginWithRedirect'])
  })

  it('finds a Local-only logout that the next login undoes', () => {
    setArgs(addStep(project, 'logout', { trigger: click }), { mode: 'local' })
    addStep(project, 'loginWithRedirect', { trigger: click })
    expect(ids()).toEqual(['logout-then-login:homeButton:logout'])
  })

  it('finds steps after a redirect inside a branch, and lets a popup and a Local-only logout go on', () => {
    addStep(project, 'branch', { trigger: click })
    const branch = workflowFor(project, click)?.steps[0]
    if (!branch) throw new Error('the branch is missing')
    const steps: Step[] = [
      { id: 'one', action: 'logout', args: { mode: 'local' } },
      { id: 'two', action: 'logout', args: {} },
      { id: 'three', action: 'getUser', args: {} },
    ]
    branch.args = { condition: { bind: 'auth.isAuthenticated' } }
    branch.then = steps
    branch.otherwise = structuredClone(steps).map((step) => ({ ...step, id: `${step.id}-too` }))
    expect(ids().filter((id) => !id.startsWith('required'))).toEqual([
      'after-leaving:homeButton:two',
      'after-leaving:homeButton:two-too',
    ])
  })

  it('finds a popup behind another step of a page’s workflow, and none where it comes first', () => {
    addStep(project, 'loginWithPopup', { trigger: click })
    expect(ids()).toEqual([])
    addStep(project, 'loginWithPopup', { trigger: { type: 'page-load', pageId: 'dashboard' } })
    expect(ids()).toEqual(['popup-late:dashboard:loginWithPopup', 'auto-login:dashboard-load'])
  })

  it('finds a step that this version does not know', () => {
    addStep(project, 'teleport', { trigger: click })
    expect(ids()).toEqual(['unknown-step:homeButton:teleport'])
  })

  it('finds a result of a step that only runs later, and takes one that ran', () => {
    addStep(project, 'getUser', { trigger: click })
    setArgs(addStep(project, 'showMessage', { trigger: click }), {
      title: { bind: 'results.getUser.email' },
      text: '{{ errors.showMessage.code }}',
    })
    expect(ids()).toEqual(['binding:homeButton:showMessage:text'])
  })

  it('tells a page that undoes its Local-only logouts', () => {
    addStep(project, 'loginWithRedirect', { trigger: { type: 'page-load', pageId: 'home' } })
    setArgs(addStep(project, 'logout', { trigger: click }), { mode: 'local' })
    expect(ids()).toEqual(['auto-login:home-load'])
  })

  it('finds a page that logs everybody in by itself', () => {
    addStep(project, 'loginWithRedirect', { trigger: { type: 'page-load', pageId: 'home' } })
    expect(ids()).toEqual(['auto-login:home-load'])
  })

  it('finds an empty required field and a result that is not there yet', () => {
    addStep(project, 'showMessage', { trigger: click })
    setArgs('showMessage', { text: { bind: 'results.getUser.email' } })
    expect(ids()).toEqual(['required:homeButton:showMessage:title', 'binding:homeButton:showMessage:text'])
  })

  it('finds a site with workflows that no tenant is connected to', () => {
    project.settings.connections = {}
    addStep(project, 'logout', { trigger: click })
    expect(ids()).toEqual(['no-production-connection'])
  })
})

describe('the check of bindings', () => {
  const write = (text: string) => (blockOf(project, 'homeText').values.text = text)

  it.each([
    '{{ constructor }}',
    '{{ user.name }}',
    '{{ auth.name }}',
    '{{ variables.gone }}',
    '{{ results.getUser }}',
  ])('finds %s, which shows nothing', (text) => {
    write(`Hello ${text}`)
    expect(ids()).toEqual(['nowhere:homeText:text'])
  })

  it('finds the variable of a deleted input, in steps and translations too', () => {
    blockOf(project, 'homeText').translations = { fr: { text: '{{ variables.mail }}' } }
    setArgs(addStep(project, 'showMessage', { trigger: click }), { title: { bind: 'variables.mail' } })
    const input = addBlock(project, 'input', { pageId: 'home', index: 0 })
    blockOf(project, input).values.variable = 'mail'
    expect(ids()).toEqual([])
    removeBlock(project, 'home', input)
    expect(ids()).toEqual(['nowhere:homeText:text', 'nowhere:homeButton-click:showMessage:title'])
  })

  it.each(['isAuthenticated', 'isLoading', 'roles', 'permissions', 'organization', 'error'])(
    'knows auth.%s',
    (name) => {
      write(`{{ auth.${name} }}`)
      expect(ids()).toEqual([])
    },
  )

  it.each(['params', 'query', 'language'])('knows page.%s', (name) => {
    write(`{{ page.${name} }}`)
    expect(ids()).toEqual([])
  })

  it('knows the row of a data block, but only inside it', () => {
    write('{{ item.name }}')
    blockOf(project, addBlock(project, 'data', { pageId: 'home', index: 0 })).values.row = '{{ item.name }}'
    expect(ids()).toEqual(['nowhere:homeText:text'])
  })
})

describe('the check of APIs', () => {
  const call = (url: string, token = 'send') => {
    const id = addBlock(project, 'data', { pageId: 'home', index: 0 })
    Object.assign(blockOf(project, id).values, { url, token })
  }
  beforeEach(() => {
    project.settings.connections.production = {
      domain: 't.eu.auth0.com',
      clientId: 'c',
      audience: 'https://api.acme.example/v1',
    }
  })

  it('lets access tokens go to the API that they are for, and to this machine', () => {
    call('https://api.acme.example/orders/{{ page.query.id }}')
    call('http://localhost:4000/orders')
    call('https://eu.api.acme.example/orders')
    call('https://acme.example/orders')
    expect(ids()).toEqual([])
  })

  it('takes no host for the API’s that only begins or ends like it', () => {
    call('https://my-api.acme.example/orders')
    call('https://other.acme.example/orders')
    call('https://api.acme.example.evil.test/orders')
    expect(ids()).toEqual(['api-foreign:data3', 'api-foreign:data2', 'api-foreign:data'])
  })

  it('asks an audience that is not an address for no host', () => {
    project.settings.connections.production = { domain: 'd', clientId: 'c', audience: 'urn:orders' }
    call('https://anything.test/orders')
    expect(ids()).toEqual([])
  })

  it('says nothing about a call whose address is still empty', () => {
    call('')
    expect(ids()).toEqual([])
  })

  it('finds access tokens that go to another host, in steps too', () => {
    call('https://collect.evil.test/orders')
    setArgs(addStep(project, 'callApi', { trigger: click }), { url: 'https://api.acme.example.evil.test' })
    expect(ids()).toEqual(['api-foreign:data', 'api-foreign:homeButton-click:callApi'])
  })

  it('finds nothing where no token is sent', () => {
    call('https://weather.test/today', 'none')
    call('http://weather.test/today', 'none')
    setArgs(addStep(project, 'callApi', { trigger: click }), { url: 'https://w.test', withToken: false })
    expect(ids()).toEqual([])
  })

  it('finds headers and bodies that are never sent', () => {
    call('https://api.acme.example/orders')
    blockOf(project, 'data').values.headers = { 'X-Shop': '{{ page.query.shop }}', Authorization: 'mine' }
    const body = '{"note": {{ page.query.note }}, "by": "{{ auth.user.name }}"}'
    const step = addStep(project, 'callApi', { trigger: click })
    setArgs(step, { url: 'https://api.acme.example/', method: 'POST', body })
    expect(ids()).toEqual(['api-header:data:Authorization'])
    setArgs(step, {
      url: 'https://api.acme.example/',
      body: 'a={{ page.query.note }}',
      headers: { Cookie: 'a' },
    })
    expect(ids()).toEqual([
      'api-header:data:Authorization',
      'api-header:homeButton-click:callApi:Cookie',
      'api-body:homeButton-click:callApi',
    ])
  })

  it('finds pictures that a link could choose, or that have no host', () => {
    const show = (src: string) =>
      (blockOf(project, addBlock(project, 'image', { pageId: 'home', index: 0 })).values.src = src)
    show('https://cdn.test/{{ page.query.id }}.png')
    show('{{ auth.user.picture }}')
    expect(ids()).toEqual([])
    show('{{ page.query.src }}')
    show('/logo.png')
    expect(ids()).toEqual(['picture-address:image4', 'picture-address:image3'])
  })

  it('finds tokens that would go unencrypted, and hosts that visitors could choose', () => {
    call('http://api.acme.example/orders')
    call('https://{{ page.query.host }}/orders')
    call('https://api.acme.example{{ page.query.rest }}')
    call('{{ variables.url }}')
    expect(ids()).toEqual(expect.arrayContaining(['api-insecure:data', 'api-address:data2']))
    expect(ids()).toEqual(expect.arrayContaining(['api-address:data3', 'api-address:data4']))
  })
})

it('lists errors before warnings', () => {
  pageOf(project, 'account').inMenu = false
  project.settings.connections = {}
  addStep(project, 'logout', { trigger: click })
  expect(ids()).toEqual(['no-production-connection', 'unreachable:account'])
})

it('asks a site without workflows for no connection', () => {
  project.settings.connections = {}
  project.workflows = []
  expect(ids().filter((id) => id === 'no-production-connection')).toEqual([])
})

it('finds pages that lead to each other as soon as they are loaded', () => {
  const load = (pageId: string) => ({ type: 'page-load', pageId }) as const
  const go = (from: string, to: string) =>
    setArgs(addStep(project, 'goToPage', { trigger: load(from) }), { page: { pageId: to } })
  go('home', 'dashboard')
  expect(ids()).toEqual([])
  addStep(project, 'goToPage', { trigger: load('dashboard') })
  const back = workflowFor(project, load('dashboard'))?.steps[0]
  if (back) back.args = { page: { pageId: 'home' } }
  expect(ids()).toEqual(['circle:home-load', 'circle:dashboard-load'])
})
