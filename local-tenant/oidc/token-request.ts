import { IncomingMessage } from 'node:http'

export type TokenFields = Record<string, string>

const fieldsOf = new WeakMap<IncomingMessage, TokenFields>()

/** What the client sent to `/oauth/token` or `/oauth/revoke`. */
export function tokenFields(request: IncomingMessage): TokenFields {
  return fieldsOf.get(request) ?? {}
}

/**
 * The same request as oidc-provider takes it: Auth0 accepts JSON as well as forms, and a refresh may name
 * scopes and an API, which the tenant itself answers.
 */
export async function toProviderRequest(request: IncomingMessage): Promise<IncomingMessage> {
  if (request.method !== 'POST') return request
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const fields = readFields(Buffer.concat(chunks).toString(), request.headers['content-type'] ?? '')
  const forwarded = new URLSearchParams(fields)
  if (fields.grant_type === 'refresh_token') forwarded.delete('scope')
  const body = Buffer.from(forwarded.toString())

  const form = new IncomingMessage(request.socket)
  form.method = request.method
  form.url = request.url
  form.headers = {
    ...request.headers,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
  }
  form.complete = true
  form.push(body)
  form.push(null)
  fieldsOf.set(form, fields)
  return form
}

function readFields(body: string, contentType: string): TokenFields {
  if (!contentType.includes('application/json')) return Object.fromEntries(new URLSearchParams(body))
  try {
    const fields = JSON.parse(body) as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(fields)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
    )
  } catch {
    return {}
  }
}
