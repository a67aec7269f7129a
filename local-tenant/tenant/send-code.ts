import { randomInt } from 'node:crypto'
import { runSendPhoneMessage } from '../actions/run-trigger.ts'
import type { PostLoginEvent } from './seeds/actions.ts'
import type { Authenticator } from './authenticators.ts'
import { logUser } from './log-user.ts'
import type { User } from './seeds/schema.ts'
import type { Tenant } from './tenant.ts'

export interface CodeRequest {
  clientId: string
  action: 'enrollment' | 'second-factor-authentication'
  request: PostLoginEvent['request']
}

/**
 * Sends a six-digit code by mail or to a phone, which lands in the outbox, and answers it. To a phone the Auth0
 * Actions of `send-phone-message` run as well.
 *
 * @throws what such an Action throws
 */
export async function sendCode(
  tenant: Tenant,
  user: User,
  { type, email, phone_number, preferred_authentication_method = 'sms' }: Authenticator,
  about: CodeRequest,
): Promise<string> {
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  if (type === 'email') {
    tenant.mailbox.send({ to: email ?? '', subject: 'Your verification code', code })
    logUser(tenant, 'gd_send_email', user, { client_id: about.clientId })
    return code
  }
  const message = { recipient: phone_number ?? '', message_type: preferred_authentication_method, code }
  await runSendPhoneMessage(tenant, user, { ...message, ...about })
  tenant.mailbox.send({ to: message.recipient, subject: 'Your verification code', code })
  const logged = preferred_authentication_method === 'sms' ? 'gd_send_sms' : 'gd_send_voice'
  logUser(tenant, logged, user, { client_id: about.clientId })
  return code
}
