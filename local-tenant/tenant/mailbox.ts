import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

/** An e-mail, or a message to a phone, that the tenant would have sent. */
export interface Mail {
  /** An address or a phone number. */
  to: string
  subject: string
  link?: string
  /** To be typed in. */
  code?: string
  /** When, in the tenant's Unix seconds. */
  at: number
}

/** What a mailed link is good for, once. */
export interface Ticket {
  purpose: 'password' | 'verification'
  userId: string
  /** Seconds until it expires. Default: five days. */
  ttl?: number | undefined
  /** Using it also proves the e-mail address. */
  verifiesEmail?: boolean | undefined
  /** Where the person goes afterwards. */
  resultUrl?: string | undefined
}

/** Holds what a real tenant would send by e-mail, and the one-time tickets inside the links. */
export interface Mailbox {
  mails(): Mail[]
  send(mail: Omit<Mail, 'at'>): void
  /** The link's secret for a ticket that is good until it is redeemed or expires. */
  issueTicket(ticket: Ticket): string
  /** The ticket; it stays good. */
  peek(secret: string, purpose: Ticket['purpose']): Ticket | undefined
  /** The ticket, once. */
  redeem(secret: string, purpose: Ticket['purpose']): Ticket | undefined
}

const FIVE_DAYS = 432_000
const MAXIMUM_MAILS = 1_000

export function createMailbox(clock: Clock, log: (line: string) => void): Mailbox {
  const mails: Mail[] = []
  const tickets = new Map<string, Ticket & { expiresAt: number }>()
  const peek: Mailbox['peek'] = (secret, purpose) => {
    const ticket = tickets.get(secret)
    return ticket?.purpose === purpose && ticket.expiresAt > clock.now() ? ticket : undefined
  }
  return {
    mails: () => mails,
    send(mail) {
      mails.push({ ...mail, at: clock.now() })
      if (mails.length > MAXIMUM_MAILS) mails.shift()
      log(`mail to ${mail.to}: ${mail.subject} ${mail.link ?? mail.code ?? ''}`)
    },
    issueTicket(ticket) {
      const secret = randomBytes(24).toString('base64url')
      tickets.set(secret, { ...ticket, expiresAt: clock.now() + (ticket.ttl || FIVE_DAYS) })
      return secret
    },
    peek,
    redeem(secret, purpose) {
      const ticket = peek(secret, purpose)
      if (ticket) tickets.delete(secret)
      return ticket
    },
  }
}
