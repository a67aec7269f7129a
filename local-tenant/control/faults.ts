import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from './state.ts'

const ENDLESS_CHUNK = `${' '.repeat(65_535)}\n`

/** Takes the first fault that fits the request, and one off its count. */
export function takeFault(faults: Fault[], method: string, path: string): Fault | undefined {
  const fault = faults.find(
    (candidate) =>
      path.startsWith(candidate.path) &&
      (candidate.method ?? method) === method &&
      (candidate.times === undefined || candidate.times > 0),
  )
  if (fault?.times !== undefined) fault.times -= 1
  return fault
}

/**
 * Lets the fault happen. Answers `true` when the request goes on to the tenant, late or with a response that
 * will be spoiled on its way out.
 */
export async function applyFault(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (fault.kind) {
    case 'delay':
      await sleep((fault.seconds ?? 1) * 1000, undefined, { ref: false })
      return true
    case 'cut':
    case 'truncate':
      spoilBody(response, fault.kind)
      return true
    case 'rate-limit': {
      const reset = Math.floor(Date.now() / 1000) + (fault.seconds ?? 1)
      const headers = {
        'x-ratelimit-limit': '2',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(reset),
      }
      sendJson(response, 429, tooManyRequests, headers)
      return false
    }
    case 'status':
      sendJson(response, fault.status ?? 503, {
        statusCode: fault.status ?? 503,
        error: 'Fault',
        message: 'Asked for by a test',
      })
      return false
    case 'redirect':
      response.writeHead(302, { location: fault.location ?? '/' }).end()
      return false
    case 'html':
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>')
      return false
    case 'stall':
      response.writeHead(200, { 'content-type': 'application/json' }).write('[')
      return false
    case 'endless':
      response.writeHead(200, { 'content-type': 'application/json' })
      request.on('close', () => response.destroy())
      pour(response)
      return false
  }
}

export const tooManyRequests = {
  statusCode: 429,
  error: 'Too Many Requests',
  message: 'Global limit has been reached',
  errorCode: 'too_many_requests',
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

function pour(response: ServerResponse): void {
  while (!response.destroyed && response.write(ENDLESS_CHUNK));
  if (!response.destroyed) response.once('drain', () => pour(response))
}

/** Sends half of the body: as if it were all (`truncate`), or closing the connection in the middle (`cut`). */
function spoilBody(response: ServerResponse, kind: 'cut' | 'truncate'): void {
  const chunks: Buffer[] = []
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
  const { writeHead, write, end } = response
  response.writeHead = (status: number, ...rest: unknown[]) => {
    response.statusCode = status
    for (const [name, value] of Object.entries(rest.at(-1) ?? {})) response.setHeader(name, value as string)
    return response
  }
  response.write = (chunk: unknown) => {
    keep(chunk)
    return true
  }
  response.end = (chunk?: unknown) => {
    keep(chunk)
    const body = Buffer.concat(chunks)
    const half = body.subarray(0, Math.floor(body.length / 2))
    Object.assign(response, { writeHead, write, end })
    response.setHeader('content-length', kind === 'cut' ? body.length : half.length)
    if (kind === 'truncate') return response.end(half)
    response.write(half, () => response.socket?.destroy())
    return response
  }
}
