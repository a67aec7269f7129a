import { describe, expect, test } from 'vitest'
import { ben } from '../testing/demo-tenant.ts'
import { failure, useManagementApi } from '../testing/management-sdk.ts'
import { claimsOf, createRawClient } from '../testing/raw-client.ts'

const benId = 'auth0|65f1b0000000000000000002'
const { tenant, control, api } = await useManagementApi()

let count = 0
const create = (more: object = {}) => api.organizations.create({ name: `org-${(count += 1)}`, ...more })

test('an organization is created, renamed and deleted, and its metadata replaced', async () => {
  const { id = '' } = await create({ metadata: { a: '1', b: '2' } })
  await api.organizations.update(id, { metadata: { c: '3' } })
  expect((await api.organizations.get(id)).metadata).toEqual({ c: '3' })
  await api.organizations.update(id, { name: 'renamed' })
  expect((await api.organizations.getByName('renamed')).id).toBe(id)
  expect((await failure(api.organizations.create({ name: 'renamed' }))).statusCode).toBe(409)
  expect((await failure(api.organizations.create({ name: 'Not Allowed' }))).statusCode).toBe(400)
  await api.organizations.delete(id)
  expect((await failure(api.organizations.get(id))).statusCode).toBe(404)
})

describe('members', () => {
  test('get roles before and after they join, which their tokens show', async () => {
    const { id = '' } = await create({
      enabled_connections: [{ connection_id: 'con_acmeDatabase0001' }],
    })
    const { id: role = '' } = await api.roles.create({ name: 'Guest' })
    await api.organizations.members.roles.assign(id, benId, { roles: [role] })
    await api.organizations.members.create(id, { members: [benId] })
    expect((await api.organizations.members.roles.list(id, benId)).data).toMatchObject([{ name: 'Guest' }])
    expect((await api.organizations.roles.members.list(id, role)).data).toMatchObject([{ user_id: benId }])
    expect((await api.users.organizations.list(benId)).data.map((each) => each.id)).toContain(id)

    const browser = createRawClient(tenant, {
      clientId: tenant.clientId,
      callback: 'http://localhost:3999/callback',
    })
    const { body } = await browser.obtain(ben, { organization: id })
    expect(claimsOf(body.id_token)['https://lowgate.example/roles']).toContain('Guest')

    await api.organizations.members.roles.delete(id, benId, { roles: [role] })
    await api.organizations.members.delete(id, { members: [benId] })
    expect((await api.organizations.members.list(id)).data).toEqual([])
  })
})

describe('invitations', () => {
  const invite = (id: string, more: object = {}) =>
    api.organizations.invitations.create(id, {
      inviter: { name: 'Ada' },
      invitee: { email: ben.email },
      client_id: tenant.clientId,
      ...more,
    })

  test('need a login route, lead into the organization, and are used up', async () => {
    const { id = '' } = await create({ enabled_connections: [{ connection_id: 'con_acmeDatabase0001' }] })
    expect((await failure(invite(id))).body).toMatchObject({
      message: expect.stringContaining('A default login route is required') as string,
    })
    await api.clients.update(tenant.clientId, { initiate_login_uri: 'https://site.acme.example/login' })
    const { id: role = '' } = await api.roles.create({ name: 'Invited' })
    const invitation = await invite(id, { roles: [role] })
    expect(invitation).toMatchObject({
      id: expect.stringMatching(/^uinv_/) as string,
      organization_id: id,
      roles: [role],
      invitation_url: expect.stringContaining('https://site.acme.example/login?invitation=') as string,
    })
    expect((await control.mails()).at(-1)).toMatchObject({ to: ben.email, link: invitation.invitation_url })
    const browser = createRawClient(tenant, {
      clientId: tenant.clientId,
      callback: 'http://localhost:3999/callback',
    })
    const { invitation: ticket = '', organization = '' } = Object.fromEntries(
      new URL(invitation.invitation_url ?? '').searchParams,
    )
    const { url } = await browser.authorize({ invitation: ticket, organization })
    const login = await fetch(url.replace('/u/signup', '/u/login'))
    await browser.submit(login, { username: ben.email, password: ben.password })
    expect((await api.organizations.members.roles.list(id, benId)).data).toMatchObject([{ name: 'Invited' }])
    expect((await api.organizations.invitations.list(id)).data).toEqual([])
  })

  test('expire', async () => {
    const { id = '' } = await create()
    const { ticket_id: invitation = '' } = await invite(id, { ttl_sec: 60 })
    await control.shiftClock(61)
    const browser = createRawClient(tenant, {
      clientId: tenant.clientId,
      callback: 'http://localhost:3999/callback',
    })
    const answer = browser.returned(await browser.authorize({ invitation, organization: id }))
    await control.shiftClock(0)
    expect(answer.error_description).toBe('invitation not found or already used')
  })

  test('come newest first, and are withdrawn', async () => {
    const { id = '' } = await create()
    const first = await invite(id)
    const second = await invite(id, { send_invitation_email: false })
    expect((await api.organizations.invitations.list(id)).data.map((each) => each.id)).toEqual([
      second.id,
      first.id,
    ])
    await api.organizations.invitations.delete(id, second.id ?? '')
    expect((await failure(api.organizations.invitations.get(id, second.id ?? ''))).body).toMatchObject({
      errorCode: 'inexistent_invitation',
    })
    expect((await failure(invite(id, { roles: ['rol_none'] }))).statusCode).toBe(400)
  })
})

test('connections are enabled, changed and taken out', async () => {
  const { id = '' } = await create()
  const connection_id = 'con_acmeDatabase0001'
  await api.organizations.enabledConnections.add(id, { connection_id, assign_membership_on_login: false })
  const refused = await failure(
    api.organizations.enabledConnections.update(id, connection_id, { is_signup_enabled: true }),
  )
  expect(refused.body).toMatchObject({
    message: expect.stringContaining('Only database connections') as string,
  })
  await api.organizations.enabledConnections.update(id, connection_id, { assign_membership_on_login: true })
  expect(await api.organizations.enabledConnections.get(id, connection_id)).toMatchObject({
    assign_membership_on_login: true,
    connection: { strategy: 'auth0' },
  })
  await api.organizations.enabledConnections.delete(id, connection_id)
  expect((await failure(api.organizations.enabledConnections.get(id, connection_id))).body).toEqual({
    statusCode: 404,
    error: 'Not Found',
    message: 'No connection found by that id',
  })
})

test('a client grant is used for an organization only where it allows them', async () => {
  const { id = '' } = await create()
  const audience = `https://${tenant.domain}/api/v2/`
  const { client_id = '' } = await api.clients.create({ name: 'Machine', app_type: 'non_interactive' })
  const { id: grant = '' } = await api.clientGrants.create({ client_id, audience, scope: [] })
  expect((await failure(api.organizations.clientGrants.create(id, { grant_id: grant }))).statusCode).toBe(400)
  await api.clientGrants.update(grant, { organization_usage: 'allow' })
  await api.organizations.clientGrants.create(id, { grant_id: grant })
  expect((await api.organizations.clientGrants.list(id)).data).toMatchObject([{ id: grant }])
  expect((await api.clientGrants.organizations.list(grant)).data).toMatchObject([{ id }])
  await api.organizations.clientGrants.delete(id, grant)
  expect((await api.organizations.clientGrants.list(id)).data).toEqual([])
})
