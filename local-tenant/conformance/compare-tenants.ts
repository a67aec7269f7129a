import { probes, requestToken, type ProbeTarget } from './probes.ts'

/** What a client can tell from an answer: the tenant's own names and values are taken out. */
export interface Observation {
  status: number
  type: string
  /** Error texts word for word; of data only the names of the fields. */
  body: unknown
}

export interface Comparison {
  name: string
  same: boolean
  real: Observation
  local: Observation
}

const errorFields = new Set([
  'error',
  'error_description',
  'message',
  'errorCode',
  'statusCode',
  'token_type',
])

/**
 * Asks both tenants the same questions, one after the other so that a free plan's rate suffices.
 *
 * @throws when one of the tenants gives no Management API token
 */
export async function compareTenants(
  real: ProbeTarget,
  local: ProbeTarget,
  { pauseMilliseconds = 600 }: { pauseMilliseconds?: number } = {},
): Promise<Comparison[]> {
  const tokens = { real: await tokenOf(real), local: await tokenOf(local) }
  const comparisons: Comparison[] = []
  for (const { name, run } of probes) {
    const [theirs, ours] = await Promise.all([
      run(real, tokens.real).then((response) => observe(response, real)),
      run(local, tokens.local).then((response) => observe(response, local)),
    ])
    comparisons.push({
      name,
      same: JSON.stringify(theirs) === JSON.stringify(ours),
      real: theirs,
      local: ours,
    })
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds))
  }
  return comparisons
}

async function tokenOf(target: ProbeTarget): Promise<string> {
  const response = await requestToken(target).catch((cause: unknown) => {
    throw new Error(`${target.url} cannot be reached. Check the domain and the network.`, { cause })
  })
  const body = (await response.json().catch(() => ({}))) as {
    access_token?: string
    error_description?: string
  }
  if (body.access_token) return body.access_token
  throw new Error(
    `${target.url} gave no Management API token (${response.status} ${body.error_description ?? ''}). ` +
      'Check the client id and secret, and that the application is authorized for the Auth0 Management API.',
  )
}

async function observe(response: Response, target: ProbeTarget): Promise<Observation> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
  const text = (await response.text())
    .replaceAll(new URL(target.url).host, '{domain}')
    .replaceAll(target.clientId, '{client}')
  return {
    status: response.status,
    type,
    body: type === 'application/json' ? shapeOf(JSON.parse(text)) : textOf(type, text),
  }
}

function shapeOf(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : []
  if (value === null || typeof value !== 'object') return errorFields.has(field) ? value : typeof value
  const entries = Object.entries(value).sort(([a], [b]) => a.localeCompare(b))
  return Object.fromEntries(entries.map(([name, item]) => [name, shapeOf(item, name)]))
}

/** Pages look different by design; only plain texts are compared. */
function textOf(type: string, text: string): string | undefined {
  return type === 'text/plain' ? text : undefined
}
