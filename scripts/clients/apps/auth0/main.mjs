import { ManagementClient } from 'auth0'
import { expectEqual } from './support/checks.mjs'
import { runProgram, settings } from './support/node.mjs'

const { domain, machine } = settings.tenant
const auth0 = new ManagementClient({ domain, ...machine, maxRetries: 0 })
const connection = 'Username-Password-Authentication'

async function all(list) {
  const items = []
  for await (const item of await list) items.push(item)
  return items
}

/** The status with which Auth0 refuses. */
const refusal = (work) =>
  work.then(
    () => 'not refused',
    (error) => error.statusCode,
  )

await runProgram({
  async 'lists by page and by checkpoint'() {
    const applications = await all(auth0.clients.list({ per_page: 2, is_global: false }))
    expectEqual(applications.length, 5)
    const organizations = await all(auth0.organizations.list({ take: 1 }))
    expectEqual(organizations.map(({ name }) => name).sort(), ['acme-north', 'acme-south'])
  },
  async 'makes, changes and deletes an application'() {
    const { client_id } = await auth0.clients.create({ name: 'Kiosk', app_type: 'spa' })
    await auth0.clients.update(client_id, { callbacks: ['https://kiosk.acme.example/callback'] })
    const { callbacks, token_endpoint_auth_method } = await auth0.clients.get(client_id)
    expectEqual(callbacks, ['https://kiosk.acme.example/callback'])
    expectEqual(token_endpoint_auth_method, 'none')
    await auth0.clients.delete(client_id)
    expectEqual(await refusal(auth0.clients.get(client_id)), 404)
  },
  async 'makes, finds, blocks and deletes a user'() {
    const email = 'grace@acme.example'
    const password = 'Grace-Compiles-Everything-1'
    const { user_id } = await auth0.users.create({ email, password, connection })
    expectEqual(await refusal(auth0.users.create({ email, password, connection })), 409)
    const [found] = await all(auth0.users.list({ q: `email:"${email}"`, search_engine: 'v3' }))
    expectEqual(found.user_id, user_id)
    await auth0.users.update(user_id, { blocked: true, user_metadata: { desk: '12' } })
    const { blocked, user_metadata } = await auth0.users.get(user_id)
    expectEqual([blocked, user_metadata], [true, { desk: '12' }])
    await auth0.users.delete(user_id)
    expectEqual(await refusal(auth0.users.get(user_id)), 404)
  },
  async 'gives and takes roles'() {
    const [ben] = await auth0.users.listUsersByEmail({ email: 'ben@acme.example' })
    const { id } = await auth0.roles.create({ name: 'Auditor' })
    const names = async () => (await all(auth0.users.roles.list(ben.user_id))).map(({ name }) => name).sort()
    await auth0.users.roles.assign(ben.user_id, { roles: [id] })
    expectEqual(await names(), ['Auditor', 'Reader'])
    await auth0.users.roles.delete(ben.user_id, { roles: [id] })
    expectEqual(await names(), ['Reader'])
  },
  async 'invites a member to an organization'() {
    const { id } = await auth0.organizations.getByName('acme-north')
    const { clientId } = settings.tenant.spa
    await auth0.clients.update(clientId, { initiate_login_uri: 'https://site.acme.example/login' })
    const invitation = await auth0.organizations.invitations.create(id, {
      inviter: { name: 'Ada' },
      invitee: { email: 'hopper@acme.example' },
      client_id: clientId,
    })
    expectEqual(new URL(invitation.invitation_url).searchParams.get('organization'), id)
    const open = await all(auth0.organizations.invitations.list(id))
    expectEqual(open.filter(({ invitee }) => invitee.email === 'hopper@acme.example').length, 1)
  },
  async 'deploys an Auth0 Action and binds it'() {
    const trigger = 'post-login'
    const { id } = await auth0.actions.create({
      name: 'Greet',
      supported_triggers: [{ id: trigger, version: 'v3' }],
      code: 'exports.onExecutePostLogin = async () => {}',
    })
    await auth0.actions.deploy(id)
    const bindings = [{ ref: { type: 'action_id', value: id }, display_name: 'Greet' }]
    await auth0.actions.triggers.bindings.updateMany(trigger, { bindings })
    const bound = await all(auth0.actions.triggers.bindings.list(trigger))
    expectEqual(
      bound.map(({ display_name }) => display_name),
      ['Greet'],
    )
  },
  async 'is refused what its token may not do'() {
    const { web } = settings.tenant
    const other = new ManagementClient({ domain, ...web, maxRetries: 0 })
    expectEqual(await refusal(other.clients.create({ name: 'Not mine' })), 403)
  },
})
