import { beforeEach, describe, expect, it } from 'vitest'
import { addBlock } from '../edit/blocks.ts'
import { addStep } from '../edit/workflows.ts'
import { blockOf } from '../walk.ts'
import { click, ids, project, setArgs, useProject } from './testing/project.ts'

useProject()

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
