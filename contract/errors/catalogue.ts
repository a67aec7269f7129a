/** Who can cure an error. */
export type ErrorOwner = 'visitor' | 'builder' | 'operator' | 'tenant administrator'

export interface ErrorEntry {
  /** What happened; safe to show to a visitor. */
  readonly message: string
  /** Why it happens. */
  readonly cause: string
  /** Who can do what about it. */
  readonly suggestion: string
  readonly owner: ErrorOwner
  /** Where the cure is set, when there is such a place. */
  readonly setting?: string
}

/** Every error that Lowgate raises. The error pages, the reference and the type of a code are made from it. */
export const errorCatalogue = {
  'config/no-connection': {
    message: 'Login is not set up for this site yet.',
    cause: 'No Auth0 connection is in force for this environment, or no SPA application was picked in it.',
    suggestion:
      'Tell the site’s owner, who picks an SPA application in the connection of this environment, then publishes again.',
    owner: 'builder',
    setting: 'Connection › SPA application',
  },
  'config/page-missing': {
    message: 'The page to go to no longer exists.',
    cause: 'An action or a setting points at a page that was deleted.',
    suggestion: 'The builder picks another page in the action’s form.',
    owner: 'builder',
  },
  'config/insecure-origin': {
    message: 'This site must be opened over https to log in.',
    cause: 'Browsers only offer the cryptography that login needs on https and on localhost.',
    suggestion: 'Open the site’s https address; the operator turns on https for it.',
    owner: 'operator',
  },
  'input/invalid': {
    message: 'A step of this workflow has a value that cannot be used.',
    cause: 'A field of the action is empty, bound to something of another kind, or outside its choices.',
    suggestion: 'The builder corrects the named field of the action.',
    owner: 'builder',
  },
  'auth/login-required': {
    message: 'You need to log in.',
    cause: 'The tenant has no session for this visitor, or the browser kept its cookie back.',
    suggestion: 'Log in, then try again.',
    owner: 'visitor',
  },
  'auth/session-expired': {
    message: 'Your session has ended.',
    cause: 'The refresh token expired, was revoked or was used by somebody else.',
    suggestion: 'Log in again.',
    owner: 'visitor',
  },
  'auth/access-denied': {
    message: 'You were not let in.',
    cause:
      'The visitor refused, or the tenant’s rules (an Auth0 Action, a blocked user, a missing membership) did.',
    suggestion: 'Ask the site’s owner for access, or log in with another account.',
    owner: 'tenant administrator',
  },
  'auth/not-permitted': {
    message: 'You may not see this page.',
    cause: 'The page asks for a role, a permission or an organization that this account does not have.',
    suggestion: 'Ask the site’s owner for access, or log in with another account.',
    owner: 'builder',
    setting: 'Page › Access; Auth0 › User Management › Roles',
  },
  'auth/state-missing': {
    message: 'This login link was used before or belongs to another browser.',
    cause:
      'The callback was reloaded, bookmarked or opened in another browser, so its one-time state is gone.',
    suggestion: 'Start again from the login button.',
    owner: 'visitor',
  },
  'auth/state-mismatch': {
    message: 'This login could not be matched with the one you started.',
    cause: 'The state that came back is not the one that was sent: an old tab, or a forged link.',
    suggestion: 'Start again from the login button.',
    owner: 'visitor',
  },
  'auth/token-refused': {
    message: 'The login service’s answer could not be trusted.',
    cause: 'The ID token’s issuer, audience or nonce is not the expected one.',
    suggestion:
      'Tell the site’s owner, who compares domain, custom domain and application of this environment with the tenant.',
    owner: 'builder',
    setting: 'Connection › Domain, Custom domain',
  },
  'auth/clock-skew': {
    message: 'The clock of this device is wrong, so the login could not be checked.',
    cause: 'The device’s time differs from the tenant’s by more than a minute.',
    suggestion: 'Set the device’s clock to automatic, then log in again.',
    owner: 'visitor',
  },
  'auth/popup-blocked': {
    message: 'The browser blocked the login window.',
    cause: 'A window may only open directly after a click.',
    suggestion: 'Allow pop-up windows for this site, or log in on a full page.',
    owner: 'visitor',
  },
  'auth/popup-closed': {
    message: 'The login window was closed before login was finished.',
    cause: 'The visitor closed it.',
    suggestion: 'Try again when you like.',
    owner: 'visitor',
  },
  'auth/popup-timeout': {
    message: 'The login window took too long.',
    cause: 'Nobody finished the login in time, or this site’s origin is not among the Allowed Web Origins.',
    suggestion:
      'Try again; if it happens every time, tell the site’s owner, who adds the site’s origin in Auth0.',
    owner: 'visitor',
    setting: 'Auth0 › Applications › Allowed Web Origins',
  },
  'auth/exchange-refused': {
    message: 'The login service did not accept this login.',
    cause:
      'The code was used before, or the application is not a Single Page Application without a client secret.',
    suggestion:
      'Try once more; if it happens every time, tell the site’s owner, who checks the application’s type in Auth0.',
    owner: 'tenant administrator',
    setting: 'Auth0 › Applications › Application Type',
  },
  'auth/tenant-unreachable': {
    message: 'The login service cannot be reached at the moment.',
    cause: 'The network, an ad blocker or the tenant is in the way.',
    suggestion: 'Check your connection and try again in a moment.',
    owner: 'visitor',
  },
  'auth/not-loaded': {
    message: 'A part of this page could not be downloaded.',
    cause: 'The connection broke, or the site was published anew while the page was open.',
    suggestion: 'Check your connection and reload the page.',
    owner: 'visitor',
  },
  'auth/timeout': {
    message: 'The login service did not answer in time.',
    cause: 'The tenant is slow, or this site’s origin is not among the Allowed Web Origins.',
    suggestion:
      'Try again; if it happens every time, tell the site’s owner, who adds the site’s origin in Auth0.',
    owner: 'visitor',
    setting: 'Auth0 › Applications › Allowed Web Origins',
  },
  'auth/storage-unavailable': {
    message: 'This browser does not let the site keep a login.',
    cause: 'Cookies or site data are turned off, or the storage is full.',
    suggestion: 'Allow site data for this address, then log in again.',
    owner: 'visitor',
  },
  'auth/framed': {
    message: 'This page cannot log you in while it is shown inside another page.',
    cause: 'Auth0’s login page refuses to be framed, and browsers keep a frame’s storage apart.',
    suggestion: 'Open the page in a window of its own; the builder may use Login with Popup instead.',
    owner: 'visitor',
  },
  'auth/change-refused': {
    message: 'The password could not be changed.',
    cause: 'The named identity provider is no database, or too many requests were made.',
    suggestion: 'Try again later; the builder checks the identity provider named in the action.',
    owner: 'builder',
  },
  'auth/redirect-loop': {
    message: 'Logging in keeps leading back to the login.',
    cause:
      'More than three redirects within ten seconds: the login page is private, or the tenant refuses the login.',
    suggestion: 'Tell the site’s owner, who corrects the page that the steps below name.',
    owner: 'builder',
  },
  'auth/failed': {
    message: 'Login did not work.',
    cause: 'The tenant answered with an error that Lowgate does not know.',
    suggestion: 'Try again; if it happens every time, give the site’s owner the reference below.',
    owner: 'visitor',
  },
  'host/not-installed': {
    message: 'Lowgate is not installed in this app.',
    cause: 'A composable or action ran before `app.use(createLowgate(…))`.',
    suggestion: 'The developer installs the plugin before mounting the app.',
    owner: 'builder',
  },
  'host/settings-not-saved': {
    message: 'The project’s settings could not be saved.',
    cause: 'The editor that Lowgate is part of answered with an error when it was handed the settings.',
    suggestion: 'Try again; if it lasts, reload the editor. A connection itself is kept on the server.',
    owner: 'builder',
  },
  'proxy/unauthorized': {
    message: 'The backend proxy does not know you.',
    cause: 'The operator token is missing or wrong.',
    suggestion: 'Use the operator token that the proxy printed when it started.',
    owner: 'operator',
  },
  'proxy/forbidden': {
    message: 'The backend proxy refused this request.',
    cause: 'It came from another site, or without the header that the editor sends.',
    suggestion: 'Open the editor at its own address; the operator lists that origin in the proxy’s settings.',
    owner: 'operator',
  },
  'proxy/not-found': {
    message: 'There is nothing at this address.',
    cause: 'The path, the project or the environment does not exist.',
    suggestion: 'Check the address.',
    owner: 'builder',
  },
  'proxy/no-connection': {
    message: 'This environment has no connection yet.',
    cause: 'None was saved for it.',
    suggestion: 'Fill in the domain and the M2M credentials, then save.',
    owner: 'builder',
  },
  'proxy/bad-request': {
    message: 'The request could not be read.',
    cause: 'It is no well-formed JSON, is nested too deep, or uses a forbidden name.',
    suggestion: 'Correct the request; the reference lists its shape.',
    owner: 'builder',
  },
  'proxy/unsupported-media-type': {
    message: 'The request is not JSON.',
    cause: 'Its Content-Type is something other than application/json.',
    suggestion: 'Send it as application/json.',
    owner: 'builder',
  },
  'proxy/too-large': {
    message: 'The request is too large.',
    cause: 'Its body is over the proxy’s limit.',
    suggestion: 'Send less at once.',
    owner: 'builder',
  },
  'proxy/invalid-input': {
    message: 'Some fields need another value.',
    cause: 'They are empty or not of the form that Auth0 uses.',
    suggestion: 'Correct the marked fields; nothing was lost.',
    owner: 'builder',
  },
  'proxy/insecure-address': {
    message: 'A production application must not accept these addresses.',
    cause:
      'They are not encrypted, lead to a developer’s machine, or have a wildcard, a fragment or a name before the host: ' +
      'a visitor’s login could be sent to somebody else. Nothing was changed.',
    suggestion:
      'Publish the site under its https address; a site for development belongs to another environment.',
    owner: 'builder',
  },
  'proxy/secret-required': {
    message: 'Enter the M2M client secret again.',
    cause:
      'The domain or the client ID changed, and a saved secret is only ever sent where it was saved for.',
    suggestion: 'Type the secret of the application you named.',
    owner: 'builder',
    setting: 'Connection › M2M client secret',
  },
  'proxy/conflict': {
    message: 'Somebody else changed this connection meanwhile.',
    cause: 'The version you started from is no longer the saved one.',
    suggestion: 'Compare both versions, then keep one of them.',
    owner: 'builder',
  },
  'proxy/invalid-credentials': {
    message: 'Auth0 does not accept the M2M client ID or secret.',
    cause: 'One of them is mistyped, was rotated, or belongs to another tenant.',
    suggestion: 'Copy both again from Auth0 › Applications › your Machine-to-Machine application.',
    owner: 'builder',
    setting: 'Connection › M2M client ID, M2M client secret',
  },
  'proxy/no-api-access': {
    message: 'The M2M application may not use the Management API.',
    cause: 'It was never authorized for the Auth0 Management API.',
    suggestion:
      'In Auth0 › Applications › APIs › Auth0 Management API, authorize the application and tick the four read scopes.',
    owner: 'tenant administrator',
  },
  'proxy/insufficient-scope': {
    message: 'The M2M application lacks a permission.',
    cause: 'A Management API scope was not ticked for it.',
    suggestion:
      'In Auth0 › Applications › APIs › Auth0 Management API › Machine to Machine, tick the named scope.',
    owner: 'tenant administrator',
  },
  'proxy/not-in-plan': {
    message: 'Your Auth0 plan does not include this.',
    cause: 'The tenant refuses it whatever the M2M application’s permissions are.',
    suggestion: 'Do without it, or change the plan in Auth0 › Settings › Subscription.',
    owner: 'tenant administrator',
  },
  'proxy/rate-limited': {
    message: 'Too many requests at once.',
    cause: 'The tenant’s or the proxy’s limit was reached.',
    suggestion: 'Wait the given seconds, then try again.',
    owner: 'builder',
  },
  'proxy/unreachable': {
    message: 'The domain cannot be reached.',
    cause: 'It does not exist, is mistyped, or the network is down.',
    suggestion: 'Check the domain letter by letter against Auth0 › Applications › Settings › Domain.',
    owner: 'builder',
    setting: 'Connection › Domain',
  },
  'proxy/timeout': {
    message: 'The tenant did not answer in time.',
    cause: 'It was silent, or answered too slowly.',
    suggestion: 'Try again in a moment.',
    owner: 'builder',
  },
  'proxy/blocked-address': {
    message: 'The domain leads to a private network, so nothing was sent.',
    cause: 'Its DNS entry points at an address that is not public.',
    suggestion: 'Use the tenant’s own auth0.com domain; the operator checks the DNS.',
    owner: 'operator',
  },
  'proxy/redirect-refused': {
    message: 'The domain answered with a redirect, so nothing more was sent.',
    cause: 'Auth0 never redirects these requests: the domain is not a tenant’s.',
    suggestion: 'Use the domain as Auth0 › Applications › Settings shows it.',
    owner: 'builder',
    setting: 'Connection › Domain',
  },
  'proxy/tls-error': {
    message: 'The domain’s certificate cannot be trusted.',
    cause: 'It is expired, self-signed or made out to another name.',
    suggestion: 'Check the domain; the operator checks what stands between the proxy and Auth0.',
    owner: 'operator',
  },
  'proxy/issuer-mismatch': {
    message: 'The domain answers in the name of another tenant.',
    cause: 'The issuer in its discovery document is not this domain.',
    suggestion: 'Use the domain that the tenant itself names; put a custom domain into its own field.',
    owner: 'builder',
    setting: 'Connection › Domain',
  },
  'proxy/bad-upstream': {
    message: 'The tenant’s answer made no sense, so it was not used.',
    cause: 'It was cut off, too large, or not in Auth0’s form.',
    suggestion: 'Try again; if it lasts, the operator looks up the reference in the log.',
    owner: 'operator',
  },
  'proxy/decrypt-failed': {
    message: 'The saved secret cannot be read.',
    cause: 'It was damaged, moved from another connection, or encrypted with a key the proxy no longer has.',
    suggestion: 'Type the M2M client secret again and save; the operator checks the encryption keys.',
    owner: 'operator',
  },
  'proxy/not-ready': {
    message: 'The backend proxy is not ready.',
    cause: 'Its database or its encryption key is missing.',
    suggestion: 'The operator looks at the proxy’s log.',
    owner: 'operator',
  },
  'proxy/storage-full': {
    message: 'The connection could not be saved; the old one is unchanged.',
    cause: 'The proxy’s disk is full.',
    suggestion: 'The operator makes room; then save again.',
    owner: 'operator',
  },
  'proxy/internal': {
    message: 'Something went wrong in the backend proxy.',
    cause: 'An error that should not happen; it is in the operator’s log.',
    suggestion: 'Try again; if it lasts, give the operator the reference.',
    owner: 'operator',
  },
  'proxy/offline': {
    message: 'The backend proxy cannot be reached.',
    cause: 'It is not running, or the network is down.',
    suggestion: 'Try again; the operator checks that the proxy runs.',
    owner: 'operator',
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errorCatalogue
