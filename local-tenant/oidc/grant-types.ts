const legacy = 'http://auth0.com/oauth/legacy/grant-type'
const auth0 = 'http://auth0.com/oauth/grant-type'

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** Every grant type that Auth0 knows, which is more than the local tenant does. */
export const auth0GrantTypes = [
  ...['authorization_code', 'implicit', 'refresh_token', 'client_credentials', 'password'],
  ...[`${auth0}/password-realm`, `${auth0}/mfa-oob`, `${auth0}/mfa-otp`, `${auth0}/mfa-recovery-code`],
  ...[`${auth0}/passwordless/otp`, `${legacy}/ro`, `${legacy}/ro/jwt-bearer`, `${legacy}/access_token`],
  ...[`${legacy}/delegation/refresh_token`, `${legacy}/delegation/id_token`],
  'urn:ietf:params:oauth:grant-type:device_code',
  TOKEN_EXCHANGE,
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:openid:params:grant-type:ciba',
  'urn:okta:params:oauth:grant-type:webauthn',
  'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token',
]
