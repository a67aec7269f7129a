import type { Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import type { Endpoint, Handled, ReplyOf, StepOf } from 'lowgate/contract/http'
import { z } from 'zod'
import type { StudioApi } from '../api/endpoints.ts'
import type { StudioErrorName } from '../api/errors.ts'
import { Refusal, toRefusal } from './refusal.ts'

export type StudioEndpoint = Endpoint<StudioErrorName>

type Handler<E extends StudioEndpoint> = (
  request: Handled<E>,
  context: Context,
) => E['step'] extends z.ZodType ? AsyncGenerator<StepOf<E>, ReplyOf<E>> : Promise<ReplyOf<E>>

/** One handler for each endpoint of the studio's API. */
export type Handlers = { [K in keyof StudioApi]: Handler<StudioApi[K]> }

/** What {@link mount} calls: the types of one endpoint's parts are known only to its handler. */
type AnyHandler = (request: object, context: Context) => AsyncGenerator | Promise<unknown>

/** Answers an endpoint's requests with what its handler makes of them, once they fit its schemas. */
export function mount(app: Hono, endpoint: StudioEndpoint, handler: AnyHandler): void {
  const path = endpoint.path.replace(/\{(\w+)\}/g, ':$1')
  app.on(endpoint.method.toUpperCase(), path, async (context) => {
    const request = {
      params: endpoint.params && parse(endpoint.params, context.req.param()),
      body: endpoint.body && parse(endpoint.body, await context.req.json().catch(() => undefined)),
    }
    const answer = handler(request, context)
    if (Symbol.asyncIterator in answer) return tell(context, endpoint, answer)
    const reply = await answer
    // What the schema does not name does not leave.
    return endpoint.reply
      ? context.json(endpoint.reply.parse(reply), endpoint.status ?? 200)
      : context.body(null, 204)
  })
}

function parse(schema: z.ZodObject, value: unknown): unknown {
  const { data, error } = schema.safeParse(value)
  if (error) throw new Refusal('badRequest', { cure: z.prettifyError(error).slice(0, 2000) })
  return data
}

/** A line of JSON for each step, and one for the reply or the error. Before the first step an error has its own status. */
async function tell(context: Context, { reply }: StudioEndpoint, steps: AsyncGenerator): Promise<Response> {
  const first = await steps.next()
  context.header('content-type', 'application/x-ndjson')
  return stream(context, async (lines) => {
    const say = async (value: unknown) => void (await lines.write(`${JSON.stringify(value)}\n`))
    try {
      let step = first
      for (; !step.done; step = await steps.next()) await say(step.value)
      await say(reply?.parse(step.value))
    } catch (error) {
      await say(toRefusal(error).problem)
    }
  })
}
