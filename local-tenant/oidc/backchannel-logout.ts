import { randomBytes, randomUUID } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import { isLoopback } from '../tenant/loopback.ts'
import type { Client } from '../tenant/seeds/schema.ts'
import type { Tenant } from '../tenant/tenant.ts'

/** Why a session ended, in the words of `backchannel_logout_initiators`. */
export type LogoutInitiator =
  | 'rp-logout'
  | 'password-changed'
  | 'session-expired'
  | 'session-revoked'
  | 'account-deleted'
  | 'email-identifier-changed'

interface EndedSession {
  id: string
  userId: string
  clientIds: string[]
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const TOKEN_LIFETIME = 120
const TIMEOUT = 5_000
/** Heard by every application that has an address. */
const always = ['rp-logout', 'idp-logout']
const reserved = /(^|\.)(auth0|auth0app|webtask)\.(com|io|run)\.?$/

/**
 * Tells every application of an ended session that asked for it, without waiting. What became of it is in the log.
 *
 * @see https://openid.net/specs/openid-connect-backchannel-1_0.html
 */
export function notifyLogout(tenant: Tenant, session: EndedSession, initiator: LogoutInitiator): void {
  for (const id of session.clientIds) {
    const client = tenant.directory.clients.get(id)
    const [url] = client?.oidc_logout?.backchannel_logout_urls ?? []
    if (!client || !url || !hears(client, initiator)) continue
    const about = { client_id: id, client_name: client.name, user_id: session.userId }
    post(tenant, client, url, session).then(
      () => tenant.logs.add({ type: 'oidc_backchannel_logout_succeeded', ...about, details: { url } }),
      (error: unknown) => {
        const { message, cause } = error as Error
        const description = cause instanceof Error ? `${message}: ${cause.message}` : message
        tenant.logs.add({ type: 'oidc_backchannel_logout_failed', ...about, description, details: { url } })
      },
    )
  }
}

function hears({ oidc_logout }: Client, initiator: LogoutInitiator): boolean {
  const { mode, selected_initiators = [] } = oidc_logout?.backchannel_logout_initiators ?? {}
  return mode === 'all' || [...always, ...selected_initiators].includes(initiator)
}

/** @throws when the address may not be asked, does not answer in time, or answers no success */
async function post(
  tenant: Tenant,
  client: Client,
  url: string,
  { id, userId }: EndedSession,
): Promise<void> {
  await checkAddress(url)
  const iat = tenant.clock.now()
  const logout_token = await tenant.keys.sign({
    ...{ iss: tenant.issuer, sub: userId, aud: client.client_id, iat, exp: iat + TOKEN_LIFETIME },
    ...{ jti: randomUUID(), events: { [EVENT]: {} }, sid: id },
    trace_id: randomBytes(8).toString('hex'),
  })
  const body = new URLSearchParams({ logout_token })
  const signal = AbortSignal.timeout(TIMEOUT)
  const response = await fetch(url, { method: 'POST', body, redirect: 'manual', signal })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`The application answered ${response.status}.`)
}

/**
 * Auth0 asks public addresses over https. An application under development is on this machine, so loopback names are
 * asked too, over http as well.
 *
 * @throws for any other address
 */
async function checkAddress(url: string): Promise<void> {
  const { protocol, hostname } = new URL(url)
  if (isLoopback(hostname) && /^https?:$/.test(protocol)) return
  if (protocol !== 'https:')
    throw new Error('Back-channel logout needs https, or an address of this machine.')
  if (reserved.test(hostname)) throw new Error('Back-channel logout asks no domain of Auth0.')
  const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true })
  // IPv4 addresses written inside IPv6 ones are not unicast addresses either.
  if (addresses.some(({ address }) => ipaddr.process(address).range() !== 'unicast'))
    throw new Error('Back-channel logout asks no private address.')
}
