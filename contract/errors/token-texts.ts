import type { ErrorText } from './error-text.ts'

/** Why a server refuses an access token, by code: for who develops the page that sent it. */
export const tokenTexts = {
  'token/missing': {
    title: 'This request carries no access token.',
    why: 'The Authorization header is absent, or holds something else.',
    cure: 'Send the header “Authorization: Bearer” with the access token.',
    owner: 'builder',
  },
  'token/opaque': {
    title: 'This token is opaque: only the tenant can read it.',
    why: 'Auth0 gives such a token to a login that names no API.',
    cure: 'Ask for an audience: set the API of the connection, or name the audience where the token is asked for.',
    owner: 'builder',
  },
  'token/id-token': {
    title: 'This is an ID token; an API takes access tokens.',
    why: 'An ID token tells the application who logged in. It does not say what they may do with an API.',
    cure: 'Send the access token instead, asked for with the audience of this API.',
    owner: 'builder',
  },
  'token/other-audience': {
    title: 'The audience of this API is missing from the token.',
    why: 'The token was asked for with the audience of another API.',
    cure: 'Ask for the audience of this API.',
    owner: 'builder',
  },
  'token/other-issuer': {
    title: 'Another tenant issued this token.',
    why: 'Its issuer is none of the domains that this API trusts. A custom domain is an issuer of its own.',
    cure: 'Log in at a tenant that the API trusts, or add the domain to the API’s settings.',
    owner: 'builder',
  },
  'token/other-algorithm': {
    title: 'This token is not signed with RS256.',
    why: 'Other algorithms are refused: a secret that is shared with an API would let it issue tokens.',
    cure: 'Choose RS256 in the settings of the API.',
    where: 'Auth0 › Applications › APIs › Token Settings',
    owner: 'tenant administrator',
  },
  'token/bad-signature': {
    title: 'The tenant did not sign this token.',
    why: 'It was changed or forged, or the key that signed it was revoked.',
    cure: 'Log in again.',
    owner: 'visitor',
  },
  'token/malformed': {
    title: 'This is not an access token that can be used.',
    why: 'It is cut off, of another type, or lacks a claim that every access token has.',
    cure: 'Send the access token as the tenant issued it.',
    owner: 'builder',
  },
  'token/expired': {
    title: 'This token has expired.',
    why: 'An access token is good for the time that its API sets.',
    cure: 'Ask for a new one before each request: the SDK renews it when needed.',
    owner: 'builder',
  },
  'token/not-yet-valid': {
    title: 'This token is not valid yet.',
    why: 'It names a later time as its beginning, or the clock of the server is slow.',
    cure: 'The operator sets the clock of the server.',
    owner: 'operator',
  },
  'token/no-proof': {
    title: 'This token works only with a proof of its key (DPoP).',
    why: 'It is bound to a key, so that a stolen one is worth nothing, and the request does not show that it has the key.',
    cure: 'Send “Authorization: DPoP” with the token, and a proof for this request in the header “DPoP”.',
    owner: 'builder',
  },
  'token/bad-proof': {
    title: 'The proof (DPoP) does not fit this request.',
    why: 'It was made for another address, method, token or key, is too old, or was used before.',
    cure: 'Make a proof for each request, and check the clock. Behind a proxy, tell the API the origin that clients see.',
    owner: 'builder',
  },
  'token/insufficient-scope': {
    title: 'This token lacks a scope.',
    why: 'The login did not ask for it, or the tenant did not grant it.',
    cure: 'Ask for the scope at the login; the tenant’s administrator allows it.',
    owner: 'builder',
  },
  'token/not-permitted': {
    title: 'Whoever logged in may not do this.',
    why: 'It takes a role, a permission or an organization that the token does not name.',
    cure: 'The tenant’s administrator grants it; it is in the tokens of the next login.',
    owner: 'tenant administrator',
  },
  'token/second-factor': {
    title: 'This takes a login with a second factor.',
    why: 'The token does not say that the login showed one.',
    cure: 'Log in again with a second factor. Auth0 writes it into ID tokens only: an Auth0 Action adds it to access tokens.',
    owner: 'builder',
  },
  'token/no-keys': {
    title: 'The tenant’s keys could not be read, so no token can be verified.',
    why: 'The tenant does not answer, or answered with something else.',
    cure: 'Try again; the operator checks the domain and the network.',
    owner: 'operator',
  },
} as const satisfies Record<string, ErrorText>
