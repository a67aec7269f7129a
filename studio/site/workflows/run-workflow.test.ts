import { LowgateError, type AuthClient } from 'lowgate/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Step, Workflow } from '../../project/schema.ts'
import type { SiteActions } from './host-steps.ts'
import { runWorkflow, type TraceEntry } from './run-workflow.ts'

let done: unknown[]
let trace: TraceEntry[]
let failure: LowgateError | undefined
beforeEach(() => {
  done = []
  trace = []
  failure = undefined
})

const user = { sub: 'auth0|1', name: 'Ada', email: 'ada@acme.example' }

const client = {
  getUser: async () => user,
  loginWithPopup: async () => {
    throw new LowgateError('auth/popup-closed')
  },
  logout: async (request: unknown) => void done.push(['logout', request]),
} as unknown as AuthClient

const site: SiteActions = {
  goToPage: async (page) => void done.push(['page', page]),
  setVariable: (name, value) => void done.push(['set', name, value]),
  callApi: async (request) => {
    if (failure) throw failure
    done.push(['call', request])
    return { asked: request.url }
  },
  showMessage: (message) => void done.push(['message', message]),
}

/** What a link brings. */
const query = { id: '../../admin/delete-me?x=', note: '","role":"admin","x":"' }

const run = async (...steps: Step[]) => {
  const workflow: Workflow = { id: 'w', trigger: { type: 'click', blockId: 'b' }, steps }
  await runWorkflow(workflow, {
    client,
    site,
    scope: () => ({ auth: { user }, page: { query } }),
    trace: (entry) => trace.push(entry),
  })
}

describe('running a workflow', () => {
  it('binds results of earlier steps, and what is known of the visitor', async () => {
    await run(
      { id: 'who', action: 'getUser', args: {} },
      { id: 'a', action: 'setVariable', args: { name: 'mail', value: { bind: 'results.who.email' } } },
      { id: 'b', action: 'showMessage', args: { title: 'Hello {{ auth.user.name }}' } },
    )
    expect(done).toEqual([
      ['set', 'mail', 'ada@acme.example'],
      ['message', { title: 'Hello Ada', tone: 'info' }],
    ])
  })

  it('lets a branch tell by code and by status what an API answered', async () => {
    failure = new LowgateError('host/api-not-found', { status: 404 })
    const goesOn = (value: string, to: string): Step => ({
      id: `ask-${to}`,
      action: 'branch',
      args: { value: { bind: value }, test: 'equals', to },
      then: [{ id: `found-${to}`, action: 'setVariable', args: { name: 'told', value: to } }],
    })
    await run(
      { id: 'orders', action: 'callApi', continues: true, args: { url: 'https://api.acme.example/' } },
      goesOn('errors.orders.code', 'host/api-forbidden'),
      goesOn('errors.orders.code', 'host/api-not-found'),
      goesOn('errors.orders.status', '404'),
    )
    expect(done).toEqual([
      ['set', 'told', 'host/api-not-found'],
      ['set', 'told', '404'],
    ])
  })

  it('stops at the first step that fails', async () => {
    await expect(
      run(
        { id: 'popup', action: 'loginWithPopup', args: {} },
        { id: 'after', action: 'showMessage', args: { title: 'Never' } },
      ),
    ).rejects.toThrow(expect.objectContaining({ code: 'auth/popup-closed' }))
    expect(done).toEqual([])
  })

  it('goes on after an error where it was told to, and branches on it', async () => {
    const told = (title: string): Step => ({ id: title, action: 'showMessage', args: { title } })
    await run(
      { id: 'popup', action: 'loginWithPopup', args: {}, continues: true },
      {
        id: 'branch',
        action: 'branch',
        args: { value: { bind: 'errors.popup.code' }, test: 'equals', to: 'auth/popup-closed' },
        then: [told('closed')],
        otherwise: [told('other')],
      },
    )
    expect(done).toEqual([['message', { title: 'closed', tone: 'info' }]])
  })

  it('refuses a step whose required field has no value, before it does anything', async () => {
    await expect(run({ id: 'go', action: 'goToPage', args: {} })).rejects.toThrow(
      expect.objectContaining({ code: 'input/invalid', field: 'page' }),
    )
    expect(done).toEqual([])
  })

  it('calls no address that a link has made of the builder’s', async () => {
    const url = 'https://api.test/orders/{{ page.query.id }}/seen'
    const step = { id: 'api', action: 'callApi', args: { url, method: 'POST' } }
    await expect(run(step)).rejects.toThrow('would lead to another address')
    await run({ ...step, continues: true })
    expect(done).toEqual([])
    expect(trace.at(-1)).toMatchObject({ input: { url }, error: { code: 'input/invalid' } })
  })

  it('encodes what a link brings for where it is used', async () => {
    await run({
      id: 'api',
      action: 'callApi',
      args: {
        url: 'https://api.test/seen?id={{ page.query.id }}',
        query: { note: '{{ page.query.note }}' },
        headers: { 'X-User': '{{ auth.user.sub }}' },
        method: 'POST',
        body: '{"note": "{{ page.query.note }}"}',
      },
    })
    expect(done).toEqual([
      [
        'call',
        {
          url: 'https://api.test/seen?id=..%2F..%2Fadmin%2Fdelete-me%3Fx%3D',
          query: { note: query.note },
          headers: { 'X-User': user.sub },
          method: 'POST',
          body: JSON.stringify({ note: query.note }).replace(':', ': '),
          withToken: true,
        },
      ],
    ])
  })

  it('traces input, result or error, and time of each step', async () => {
    await run(
      { id: 'api', action: 'callApi', args: { url: 'https://api.test/{{ auth.user.name }}' } },
      { id: 'popup', action: 'loginWithPopup', args: {}, continues: true },
    )
    const [started, ended, , failed] = trace
    expect(started).toMatchObject({ step: 'api', input: { url: 'https://api.test/Ada' } })
    expect(started?.took).toBeUndefined()
    expect(ended).toMatchObject({ result: { asked: 'https://api.test/Ada' }, took: expect.any(Number) })
    expect(failed).toMatchObject({ error: { code: 'auth/popup-closed' }, took: expect.any(Number) })
  })
})
