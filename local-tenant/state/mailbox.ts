import { randomBytes } from 'node:crypto'

/** An e-mail the tenant would have sent. */
export interface Mail {
  to: string
  subject: string
  link: string
}

/** Holds what a real tenant would send by e-mail, and the one-time tickets inside the links. */
export interface Mailbox {
  mails(): Mail[]
  send(mail: Mail): void
  /** A ticket that stands for the user until it is redeemed. */
  issueTicket(userId: string): string
  /** The user of a ticket; the ticket stays good. */
  peek(ticket: string): string | undefined
  /** The user of a ticket, once. */
  redeem(ticket: string): string | undefined
}

export function createMailbox(log: (line: string) => void): Mailbox {
  const mails: Mail[] = []
  const tickets = new Map<string, string>()
  return {
    mails: () => mails,
    send(mail) {
      mails.push(mail)
      log(`mail to ${mail.to}: ${mail.subject} ${mail.link}`)
    },
    issueTicket(userId) {
      const ticket = randomBytes(24).toString('base64url')
      tickets.set(ticket, userId)
      return ticket
    },
    peek: (ticket) => tickets.get(ticket),
    redeem(ticket) {
      const userId = tickets.get(ticket)
      tickets.delete(ticket)
      return userId
    },
  }
}
