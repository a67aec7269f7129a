import {
  callbackPath,
  canBeOrganization,
  LowgateError,
  toAuthorizeParameters,
  type LoginRequest,
} from '../../contract/index.ts'
import { readAddress, toHome, toSafeAddress, toSitePath, toSiteUrl } from '../browser/addresses.ts'
import { toName, toTransactionName, toTransactionPrefix } from '../browser/probe.ts'
import {
  dropKeptTarget,
  keepTarget,
  readJson,
  readKeptTarget,
  tabStore,
  type KeptTarget,
} from '../browser/storage.ts'
import type { ConnectedContext, Entry, Sdk, SessionState } from './types.ts'
import type { Visitor } from './visitor.ts'

export interface Login {
  /**
   * Sends the browser to the tenant; after login it comes back to the target's address, query and hash included.
   *
   * @throws `auth/framed` as {@link refuseFrame} does, `input/invalid` as {@link toLoginParameters} does.
   */
  start(request: LoginRequest, target: KeptTarget): Promise<void>
  /**
   * The same for a visitor who is logged in and needs more than their login gave; unless somebody else comes back, it is
   * no new login.
   *
   * @param stepUp What guards asked for, if they did.
   */
  startMore(request: LoginRequest, target: KeptTarget, stepUp?: string): Promise<void>
  /** Where a login that names no page leads: to the page the visitor is on, or the one they were sent away from. */
  findTarget(): KeptTarget
  /** Notes what a page asks for that the visitor may not see: the next login there is in its organization. */
  demand(target: KeptTarget): void
}

export function createLogin(context: ConnectedContext, sdk: Sdk): Login {
  const { host, state } = context
  const { loginPage } = context.settings
  let demanded: KeptTarget | undefined
  /** On its way to the tenant, until the browser is told to go there. */
  let leaving: { asked: string; done: Promise<void> } | undefined

  /** Asked for the same once more, as by a second click, it is still one login. */
  function leaveOnce(...asked: Parameters<typeof leave>): Promise<void> {
    const same = JSON.stringify(asked)
    if (leaving?.asked === same) return leaving.done
    const started = { asked: same, done: leave(...asked) }
    leaving = started
    return started.done.finally(() => {
      if (leaving === started) leaving = undefined
    })
  }

  async function leave(
    request: LoginRequest,
    { address, organization }: KeptTarget,
    more?: AppState['more'],
  ) {
    refuseFrame()
    const client = await sdk.load()
    await client.loginWithRedirect<AppState>({
      authorizationParams: toLoginParameters(request, address, organization),
      appState: { target: toSafeAddress(dropInvitation(address), host), ...(more && { more }) },
    })
  }

  return {
    start: (request, target) => leaveOnce(request, target),
    startMore: (request, target, stepUp) =>
      leaveOnce({ ...sameVisitor(state), ...request }, target, { by: state.user?.sub, stepUp }),
    findTarget() {
      const isOnTheWay =
        toSitePath(host, location) === callbackPath ||
        location.pathname === (loginPage && host.pageAddress(loginPage))
      const here = demanded?.address === readAddress() ? demanded : { address: readAddress() }
      const { address, organization } = (isOnTheWay && readKeptTarget(host, 'after-login')) || here
      return { address: toSafeAddress(address, host), organization }
    },
    demand: (target) => (demanded = target),
  }
}

/** Lets the tenant go on with the visitor and the organization that the site knows. */
export const sameVisitor = ({ user, organization }: SessionState): LoginRequest => ({
  ...(user?.email && { loginHint: user.email }),
  ...(organization && { organization: organization.id }),
})

/** @throws `auth/framed` in a frame, where Auth0's page may not be shown. */
export function refuseFrame(): void {
  if (window.top !== window.self) throw new LowgateError('auth/framed')
}

/**
 * A login request in the protocol's words. An invitation in the page's own address is taken along with its
 * organization, so that a link from Auth0's invitation e-mail works on any page with a login.
 *
 * @param wanted The organization that the page at `address` asks for; what the request says comes first.
 * @throws `input/invalid` as {@link refuseDisplayName} does.
 * @see https://auth0.com/docs/manage-users/organizations/configure-organizations/invite-members
 */
export function toLoginParameters(
  request: LoginRequest,
  address: string,
  wanted?: string,
): Record<string, string> {
  const link = new URL(address, location.origin).searchParams
  const invitation = request.invitation ?? link.get('invitation')
  const organization = request.organization || (invitation && link.get('organization')) || wanted
  if (organization) refuseDisplayName(organization)
  return toAuthorizeParameters({
    ...request,
    ...(invitation && { invitation }),
    ...(organization && { organization }),
  })
}

/** @throws `input/invalid` for what Auth0 would only say does not exist, such as “Acme North”. */
export function refuseDisplayName(organization: string): void {
  if (canBeOrganization(organization)) return
  throw new LowgateError('input/invalid', {
    field: 'organization',
    title: `“${organization.slice(0, 100)}” cannot be the name of an organization.`,
    cure: 'Use its short name, such as acme-north: small letters, digits, - and _. Ask the site’s owner for it.',
  })
}

/**
 * `address` without the invitation that a login took from it: a ticket is good for one login, and the next one would be
 * refused because of it.
 */
export function dropInvitation(address: string): string {
  const url = new URL(address, location.origin)
  if (!url.searchParams.has('invitation')) return address
  for (const name of ['invitation', 'organization', 'organization_name']) url.searchParams.delete(name)
  return url.pathname + url.search + url.hash
}

/**
 * Takes what Auth0 sent back. Only the answer to the login that this tab started is consumed; the query leaves the
 * address in every case.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-10.12
 */
export async function takeCallback(
  { state, host, connection: { clientId } }: ConnectedContext,
  sdk: Sdk,
  visitor: Visitor,
  url: URL,
): Promise<Entry> {
  const home: Entry = { outcome: 'redirect', address: toHome(host) }
  const bare: Entry = { outcome: 'redirect', address: new URL(toSiteUrl(host, callbackPath)).pathname }
  const answered = url.searchParams.get('state')

  if (!answered) {
    await visitor.restore()
    const error = url.searchParams.get('error')
    if (!error) return state.error ? { outcome: 'error', error: state.error } : home
    // Anyone can write such a link: no word of it is shown.
    visitor.noteError(Object.assign(new Error(error), { error, error_description: error }))
    return bare
  }
  const pending = findTransaction(clientId, host.site)
  if (answered !== pending?.state) {
    await visitor.restore()
    if (isPendingElsewhere(answered, host.site)) return { outcome: 'show' }
    // Reloaded, or gone back to: there is a session, so there is nothing to do here.
    if (state.isAuthenticated) return home
    visitor.noteError(new LowgateError(pending ? 'auth/state-mismatch' : 'auth/state-missing'))
    return bare
  }
  try {
    const client = await sdk.load()
    const { appState, response_type } = await client.handleRedirectCallback<AppState>(url.href)
    // A connected account (`connect_code`) leaves the login as it was.
    await (response_type === 'code'
      ? visitor.completeLogin(pending.audience, appState?.more?.by)
      : visitor.restore())
    if (appState?.more?.stepUp) tabStore.set(toStepUpName(clientId, host.site), appState.more.stepUp)
    dropKeptTarget(host, 'after-login')
    return { outcome: 'redirect', address: toSafeAddress(appState?.target, host) }
  } catch (error) {
    const { appState, organization } = pending
    if (appState?.target) keepTarget(host, 'after-login', { address: appState.target, organization })
    await visitor.restore()
    const known = visitor.noteError(error)
    if (!host.landing) return bare
    // A page of the host's own would show itself: the error takes the place of the one that was asked for.
    const address = toSafeAddress(appState?.target, host)
    return { outcome: 'error', error: known, address }
  }
}

/** What a login takes along to the tenant and back. */
interface AppState {
  target?: string
  /** Of a visitor who was logged in: who it was, and what guards asked for. */
  more?: { by: string | undefined; stepUp: string | undefined }
}

interface Transaction {
  state?: string
  audience?: string
  organization?: string
  appState?: AppState
}

/** Where the tab's storage holds what guards asked for in the login that the visitor has just come back from. */
export const toStepUpName = (clientId: string, site?: string): string => toName(site, `step-up:${clientId}`)

/**
 * The login that this tab started and has not finished; `undefined` when there is none. It is read where the SDK
 * keeps it, so that a callback can be told from another provider's before the SDK consumes anything.
 */
const findTransaction = (clientId: string, site?: string) =>
  readJson<Transaction>(tabStore, toTransactionName(clientId, site))

/** Whether another application on this page, an instance of its own, started the login with this `state`. */
const isPendingElsewhere = (state: string, site?: string) =>
  tabStore
    .list(toTransactionPrefix(site))
    .some((clientId) => findTransaction(clientId, site)?.state === state)
