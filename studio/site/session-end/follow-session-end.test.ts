// @vitest-environment happy-dom
import type { Lowgate } from 'lowgate/plugin'
import { afterEach, describe, expect, it } from 'vitest'
import { shallowReactive } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { firstProject } from '../../project/first-project.ts'
import { toPublicSite, type PublicSite } from '../../project/public-site.ts'
import { followSessionEnd } from './follow-session-end.ts'

afterEach(() => sessionStorage.clear())

const ada = { sub: 'auth0|ada' }

/** A site with the visitor on one of its pages, whose session tells of itself by `tell`. */
async function visit(path: '/' | '/members', changes: Partial<PublicSite> = {}) {
  const listeners = new Map<string, (payload: unknown) => void>()
  const state = shallowReactive({ user: ada as { sub: string } | undefined })
  const session = {
    state,
    on: (event: string, listener: (payload: unknown) => void) => listeners.set(event, listener),
  } as unknown as Lowgate['session']
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: {}, meta: { guard: 'everyone' } },
      { path: '/members', component: {}, meta: { guard: 'authenticated' } },
    ],
  })
  await router.push(path)
  const site = { ...toPublicSite(firstProject, { environment: 'preview', basePath: '/' }), ...changes }
  const variables: Record<string, unknown> = {}
  const sessionEnd = followSessionEnd({ site, session, router, variables })
  const tell = (event: string, payload?: unknown) => listeners.get(event)?.(payload)
  const expire = () => {
    state.user = undefined
    tell('session-expired')
  }
  return { ...sessionEnd, router, variables, tell, expire }
}

describe('a session that ends', () => {
  it('is asked for on a private page, until somebody logs in or goes elsewhere', async () => {
    const { isAsking, expire, tell, router } = await visit('/members')
    expire()
    expect(isAsking.value).toBe(true)
    tell('login', ada)
    expect(isAsking.value).toBe(false)
    expire()
    await router.push('/')
    expect(isAsking.value).toBe(false)
  })

  it('is not asked for on a public page', async () => {
    const { isAsking, expire } = await visit('/')
    expire()
    expect(isAsking.value).toBe(false)
  })

  it('is left to a workflow of the project', async () => {
    const trigger = { type: 'session' as const, event: 'session-expired' as const }
    const { isAsking, expire } = await visit('/members', { workflows: [{ id: 'w', trigger, steps: [] }] })
    expire()
    expect(isAsking.value).toBe(false)
  })
})

describe('what was typed', () => {
  async function leave() {
    const { variables, expire, keepTyped } = await visit('/members')
    variables.note = 'half a sentence'
    expire()
    keepTyped()
  }

  it('comes back with the visitor, once', async () => {
    await leave()
    const { variables, tell } = await visit('/members')
    tell('login', ada)
    expect(variables).toEqual({ note: 'half a sentence' })
    const next = await visit('/members')
    next.tell('login', ada)
    expect(next.variables).toEqual({})
  })

  it('is shown to nobody else, and dropped', async () => {
    await leave()
    const { variables, tell } = await visit('/members')
    tell('login', { sub: 'auth0|ben' })
    expect(variables).toEqual({})
    expect(Object.keys(sessionStorage).filter((name) => name.startsWith('lowgate'))).toEqual([])
  })
})
