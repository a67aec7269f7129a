import { expect, test } from 'vitest'
import type { PostLoginEvent } from '../tenant/seeds/actions.ts'
import { runActions } from '../testing/post-login-run.ts'
import type { PostLoginRun } from './post-login.ts'

type Change = Parameters<typeof runActions>[1]
type Expected = (run: PostLoginRun) => unknown
/** What it does, its code, an event that it acts on, what of the run is looked at, and what that is. */
type Scenario = [title: string, code: string, event: Change, look: Expected, expected: unknown]

const deniedWith: Expected = ({ outcome }) => outcome.denied?.description
const idToken: Expected = ({ outcome }) => outcome.idTokenClaims
const accessToken: Expected = ({ outcome }) => outcome.accessTokenClaims
const multifactor: Expected = ({ outcome }) => outcome.multifactor
const monday = new Date(2026, 10, 23).getTime()
const methods = (...names: string[]) => ({
  methods: names.map((name) => ({ name, timestamp: '2026-01-01T00:00:00.000Z' })),
})
const MULTIFACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'

const scenarios: Scenario[] = [
  [
    'roles to both tokens',
    `const namespace = 'https://my-app.example.com';
     if (event.authorization) {
       api.idToken.setCustomClaim(\`\${namespace}/roles\`, event.authorization.roles);
       api.accessToken.setCustomClaim(\`\${namespace}/roles\`, event.authorization.roles);
     }`,
    {},
    ({ outcome }) => [outcome.idTokenClaims, outcome.accessTokenClaims],
    Array(2).fill({ 'https://my-app.example.com/roles': ['Manager'] }),
  ],
  [
    'the email to the access token',
    `api.accessToken.setCustomClaim('https://my-app.example.com/email', event.user.email)`,
    {},
    accessToken,
    { 'https://my-app.example.com/email': 'ada@acme.example' },
  ],
  [
    'the country',
    `api.idToken.setCustomClaim('https://my-app.example.com/country', event.request.geoip.countryName)`,
    { request: { geoip: { countryName: 'France' } } },
    idToken,
    { 'https://my-app.example.com/country': 'France' },
  ],
  [
    'no unverified email',
    `if (!event.user.email_verified) api.access.deny('Please verify your email before logging in.')`,
    { user: { email_verified: false } },
    deniedWith,
    'Please verify your email before logging in.',
  ],
  [
    'a list of domains',
    `const allowed = event.secrets.ALLOWED.split(',');
     if (!allowed.includes(event.user.email.split('@')[1])) api.access.deny('Access denied.');`,
    { user: { email: 'eve@elsewhere.example' } },
    deniedWith,
    'Access denied.',
  ],
  [
    'a list of users for one application',
    `if (event.client.name !== 'A') return;
     const whitelist = ['user1@example.com', 'user2@example.com'];
     if (!whitelist.some((email) => email === event.user.email)) api.access.deny('Access denied.');`,
    {},
    deniedWith,
    'Access denied.',
  ],
  [
    'a list of users for one connection',
    `if (event.connection.name !== 'db') return;
     if (!event.user.email.endsWith('@acme.example')) api.access.deny('Access denied.');`,
    { user: { email: 'eve@elsewhere.example' } },
    deniedWith,
    'Access denied.',
  ],
  [
    'weekdays only',
    `const day = new Date(${monday}).getDay();
     if (event.client.name === 'A' && day !== 0 && day !== 6) api.access.deny('This app is only available on the weekend.');`,
    {},
    deniedWith,
    'This app is only available on the weekend.',
  ],
  [
    'a list of addresses',
    `const whitelist = ['1.2.3.4', '2.3.4.5'];
     if (!whitelist.includes(event.request.ip)) api.access.deny('Access denied from this IP address.');`,
    {},
    deniedWith,
    'Access denied from this IP address.',
  ],
  [
    'an API that is closed',
    `if (event.resource_server && event.resource_server.identifier === 'https://api.acme.example')
       api.access.deny('end_users_not_allowed');`,
    { resource_server: { identifier: 'https://api.acme.example' } },
    deniedWith,
    'end_users_not_allowed',
  ],
  [
    'a second factor by role',
    `if (event.authorization && event.authorization.roles.includes('Manager'))
       api.multifactor.enable('any', { allowRememberBrowser: false });`,
    {},
    multifactor,
    'always',
  ],
  [
    'a second factor outside a network',
    `const ipaddr = require('ipaddr.js');
     const corporate = ipaddr.parseCIDR('192.168.1.134/26');
     if (!ipaddr.parse(event.request.ip).match(corporate)) api.multifactor.enable('any', { allowRememberBrowser: false });`,
    {},
    multifactor,
    'always',
  ],
  [
    'a second factor once a session',
    `const done = event.authentication.methods.some((method) => method.name === 'mfa');
     if (!done) api.multifactor.enable('any');`,
    { authentication: methods('pwd', 'mfa') },
    multifactor,
    undefined,
  ],
  [
    'a step-up that the application asks for',
    `if (event.transaction.acr_values.includes('${MULTIFACTOR}')) api.multifactor.enable('any', { allowRememberBrowser: false });`,
    { transaction: { acr_values: [MULTIFACTOR] } },
    multifactor,
    'always',
  ],
  [
    'enrolment for those who have no factor',
    `if (!event.user.multifactor || event.user.multifactor.length === 0) api.multifactor.enable('any', { allowRememberBrowser: false });`,
    {},
    multifactor,
    'always',
  ],
  [
    'a second factor by risk',
    `const { riskAssessment } = event.authentication || {};
     if (riskAssessment && riskAssessment.assessments.NewDevice.confidence === 'low') api.multifactor.enable('any');`,
    {
      authentication: {
        riskAssessment: {
          confidence: 'low',
          version: '1',
          assessments: { NewDevice: { confidence: 'low' } },
        },
      } as unknown as PostLoginEvent['authentication'],
    },
    multifactor,
    'once-a-session',
  ],
  [
    'no second factor after a passkey',
    `api.multifactor.enable('any');
     if (event.authentication.methods.some(({ name }) => name === 'passkey')) api.multifactor.enable('none');`,
    { authentication: methods('passkey') },
    multifactor,
    undefined,
  ],
  [
    'the factor the user has enrolled',
    `const enrolled = event.user.enrolledFactors || [];
     if (!enrolled.some(({ type }) => type === 'otp')) {
       return api.authentication.enrollWith({ type: 'otp' }, { additionalFactors: [{ type: 'webauthn-roaming' }] });
     }
     api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'push-notification' }]);`,
    { user: { enrolledFactors: [{ type: 'otp' }] } },
    ({ paused }) => paused,
    { secondFactor: true },
  ],
  [
    'an old password',
    `const changed = event.user.last_password_reset || event.user.created_at;
     const days = (Date.now() - new Date(changed).getTime()) / 86400000;
     if (event.connection.strategy === 'auth0' && days > 30) api.access.deny('Please change your password.');`,
    { user: { last_password_reset: '2020-01-01T00:00:00.000Z' } },
    deniedWith,
    'Please change your password.',
  ],
  [
    'default metadata',
    `event.user.user_metadata = event.user.user_metadata || {};
     event.user.user_metadata.preferences = event.user.user_metadata.preferences || { fontSize: 12 };
     api.user.setUserMetadata('preferences', event.user.user_metadata.preferences);
     api.user.setAppMetadata('old', null);`,
    {},
    ({ outcome }) => [outcome.userMetadata, outcome.appMetadata],
    [{ preferences: { fontSize: 12 } }, { old: null }],
  ],
  [
    'a lead for the CRM, once',
    `if (event.user.app_metadata.recordedAsLead) return;
     const cached = api.cache.get('crm-token');
     const token = cached ? cached.value : 'fresh';
     if (!cached) api.cache.set('crm-token', token, { ttl: 60000 });
     const response = await fetch('data:application/json,{"ok":true}', { headers: { Authorization: \`Bearer \${token}\` } });
     const { ok } = await response.json();
     api.user.setAppMetadata('recordedAsLead', ok);`,
    {},
    ({ outcome }) => outcome.appMetadata,
    { recordedAsLead: true },
  ],
  [
    'a page of consent',
    `if (event.user.app_metadata.consent || !api.redirect.canRedirect()) return;
     const session_token = api.redirect.encodeToken({ secret: event.secrets.ALLOWED, expiresInSeconds: 60, payload: { a: 1 } });
     api.redirect.sendUserTo('https://consent.example/form', { query: { session_token } });`,
    {},
    ({ paused }) => String((paused as { redirectTo: string }).redirectTo.split('.eyJ')[0]),
    expect.stringMatching(/^https:\/\/consent\.example\/form\?session_token=eyJ/),
  ],
  [
    'linked accounts',
    `const known = api.cache.get('primary:' + event.user.user_id);
     if (event.user.email_verified && !known) api.authentication.setPrimaryUser('auth0|2');`,
    {},
    ({ outcome }) => outcome.primaryUserId,
    'auth0|2',
  ],
  [
    'a lifetime by organization',
    `const hours = Number(event.organization?.metadata.session_hours ?? event.client.metadata.session_hours ?? 8);
     api.session.setExpiresAt(new Date('2030-01-01').getTime() + hours * 3600000);
     api.refreshToken.setIdleExpiresAt(new Date('2030-01-01').getTime());`,
    { organization: { id: 'org_1', name: 'o', metadata: { session_hours: '2' } } },
    ({ outcome }) => [outcome.session.expiresAt, outcome.refreshToken.idleExpiresAt],
    [Date.UTC(2030, 0, 1, 2), Date.UTC(2030, 0, 1)],
  ],
  [
    'a network that changed',
    `const { asn } = event.request;
     if (event.session?.device?.initial_asn !== asn) api.session.revoke('The network changed.');`,
    { session: { device: { initial_asn: '64500' } } },
    ({ outcome }) => [outcome.session.revoked, outcome.denied?.error],
    ['The network changed.', 'access_denied'],
  ],
]

test.each(scenarios)('documented Action: %s', async (_, code, event, look, expected) => {
  const action = {
    name: 'documented',
    code: `exports.onExecutePostLogin = async (event, api) => {\n${code}\n};`,
    secrets: [{ name: 'ALLOWED', value: 'acme.example,acme.test' }],
    dependencies: [{ name: 'ipaddr.js', version: '2.5.0' }],
  }
  expect(look(await runActions([action], event))).toEqual(expected)
})
