import { beforeEach, expect, test } from 'vitest'
import { ada, ben, loginButton, userLine } from '../testing/browser.ts'
import { useSite } from '../testing/site.ts'

const grants = 'http://auth0.com/oauth/grant-type'
const type = 'https://acme.example/legacy-token'
const toTenantsHost = (address: string) => address.replace('playground.localhost', 'localhost')
const site = useSite({
  seed(seed) {
    const [, client] = seed.clients
    if (!client) throw new Error('the demo tenant has no application')
    // A passkey is for the tenant's domain, and is used on a page below it.
    client.web_origins?.push(...client.web_origins.map(toTenantsHost))
    client.token_exchange = { allow_any_profile_of_type: ['custom_authentication'] }
    client.grant_types = [
      ...['authorization_code', 'refresh_token', `${grants}/mfa-oob`],
      ...['urn:ietf:params:oauth:grant-type:token-exchange', 'urn:okta:params:oauth:grant-type:webauthn'],
    ]
    const [database] = seed.connections ?? []
    if (database) database.options = { authentication_methods: { passkey: { enabled: true } } }
    seed.actions?.push(
      {
        id: 'legacy',
        name: 'Legacy tokens',
        code: `exports.onExecuteCustomTokenExchange = async ({ transaction }, api) => {
          const [what, email] = transaction.subject_token.split(' ')
          if (what === 'invalid') return api.access.rejectInvalidSubjectToken('That is not a token.')
          api.authentication.setUserByConnection(
            'Username-Password-Authentication',
            { user_id: email, email, email_verified: true, verify_email: false },
            { creationBehavior: 'create_if_not_exists', updateBehavior: 'none' },
          )
        }`,
        supported_triggers: [{ id: 'custom-token-exchange' }],
      },
      {
        name: 'Second factor',
        onExecutePostLogin(event, api) {
          if (event.user.email.startsWith('factor')) api.multifactor.enable('any')
        },
      },
    )
    seed.token_exchange_profiles = [
      {
        ...{ id: 'tep_1', name: 'Legacy', subject_token_type: type },
        ...{ action_id: 'legacy', type: 'custom_authentication' },
      },
    ]
  },
})

// The SDK cannot ask for second factors and passkeys by http, which only a local tenant speaks.
beforeEach(() =>
  site.context.route(`https://http//${site.tenant.domain}/**`, async (route) => {
    const url = route.request().url().replace('https://http//', 'http://')
    await route.fulfill({ response: await route.fetch({ url }) })
  }),
)

/** Exchanges a token of the visitor's old session, and answers what that came to. */
const exchange = (subject_token: string, page = site.page) =>
  page.evaluate(
    ([subject_token, subject_token_type]) =>
      window.session
        .sdk((auth0) =>
          auth0.loginWithCustomTokenExchange({
            subject_token: subject_token ?? '',
            subject_token_type: subject_token_type ?? '',
          }),
        )
        .then(
          () => window.session.state.user?.email,
          (error) => error.code as string,
        ),
    [subject_token, type],
  )

const events = () =>
  site.page.evaluate(() => {
    const heard: string[] = []
    for (const event of ['login', 'logout', 'error'] as const)
      window.session.on(event, () => heard.push(event))
    Object.assign(window, { heard })
  })
const heard = () => site.page.evaluate(() => (window as unknown as { heard: string[] }).heard)

test('a login by token exchange reaches the state, the events and the other tabs, and lasts', async () => {
  const other = await site.context.newPage()
  await other.goto(site.url())
  await site.page.goto(site.url())
  await events()
  expect(await exchange('user new@legacy.example')).toBe('new@legacy.example')
  expect(await heard()).toEqual(['login'])
  for (const page of [site.page, other])
    await userLine(page).filter({ hasText: 'new@legacy.example' }).waitFor()
  await site.page.reload()
  await userLine(site.page).filter({ hasText: 'new@legacy.example' }).waitFor()
})

test('a refused exchange is an error of ours, and leaves the session as it was', async () => {
  await site.login(ben)
  await events()
  expect(await exchange('invalid')).toBe('auth/failed')
  expect(await heard()).toEqual(['error'])
  expect(await site.page.evaluate(() => window.session.state.error?.code)).toBe('auth/failed')
  await userLine(site.page).filter({ hasText: ben.email }).waitFor()
})

test('a second factor that is asked for can be enrolled and proved', async () => {
  const email = 'factor@legacy.example'
  await site.page.goto(site.url())
  expect(await exchange(`user ${email}`)).toBe('auth/mfa-required')
  await loginButton(site.page).waitFor()
  const begun = await site.page.evaluate(async (email) => {
    const mfaToken = (window.session.state.error?.cause as { mfa_token: string }).mfa_token
    const enrolment = await window.session.sdk((auth0) =>
      auth0.mfa.enroll({ mfaToken, factorType: 'email', email }),
    )
    return { mfaToken, oobCode: (enrolment as { oobCode: string }).oobCode }
  }, email)
  const bindingCode = (await site.control.mails()).findLast(({ to }) => to === email)?.code ?? ''
  await site.page.evaluate((proof) => window.session.sdk((auth0) => auth0.mfa.verify(proof)), {
    ...begun,
    bindingCode,
  })
  await userLine(site.page).filter({ hasText: email }).waitFor()
  expect(await site.page.evaluate(() => window.session.state.user?.amr)).toContain('mfa')
})

test('a visitor signs up with a passkey, and logs in with it later', async () => {
  const devtools = await site.context.newCDPSession(site.page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await site.page.goto(toTenantsHost(site.url()))
  await site.page.evaluate(() =>
    window.session.sdk((auth0) => auth0.passkey.signup({ email: 'passkey@acme.example' })),
  )
  await userLine(site.page).filter({ hasText: 'passkey@acme.example' }).waitFor()
  await site.page.evaluate(() => window.session.client.logout({ mode: 'local' }))
  await loginButton(site.page).waitFor()
  await site.page.evaluate(() => window.session.sdk((auth0) => auth0.passkey.login()))
  await userLine(site.page).filter({ hasText: 'passkey@acme.example' }).waitFor()
})

test('what the SDK only looks up changes nothing', async () => {
  await site.login()
  await events()
  const claims = await site.page.evaluate(() => window.session.sdk((auth0) => auth0.getIdTokenClaims()))
  expect(claims).toMatchObject({ email: ada.email, aud: site.clientId })
  await site.page.evaluate(() => window.session.sdk((auth0) => auth0.getTokenSilently({ cacheMode: 'off' })))
  expect(await heard()).toEqual([])
})
