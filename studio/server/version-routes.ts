import type { Hono } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import { noSuch, problem } from './answers.ts'
import { logError } from './log-error.ts'
import { publish, type Publisher } from './publish.ts'
import type { Turns } from './turns.ts'

const publishBody = z.strictObject({
  note: z.string().trim().max(500).default(''),
  overruled: z.array(z.string().max(1000)).max(500).default([]),
  /** Of the draft that was checked. */
  revision: z.int().positive(),
})

const liveBody = z.strictObject({ version: z.int().positive() })

/** Publishing, and going back to what was published. */
export function addVersionRoutes(app: Hono, publisher: Publisher, inTurn: Turns): void {
  const { store } = publisher

  /** Answers with a line of JSON for each step, and last `{"version": n}` or `{"error": …}`. */
  app.post('/:id/publish', async (context) => {
    const saved = await store.read(context.req.param('id'))
    if (!saved) return context.json(noSuch.project(), 404)
    const about = publishBody.safeParse(await context.req.json().catch(() => ({})))
    if (!about.success)
      return context.json(problem('invalid_note', z.prettifyError(about.error), 'Write a shorter note.'), 422)
    const { revision, ...note } = about.data
    if (revision !== saved.revision)
      return context.json(
        problem(
          'changed_meanwhile',
          'Somebody else changed this project after it was checked.',
          'Load the studio anew, then publish what is there now.',
        ),
        409,
      )
    context.header('content-type', 'application/x-ndjson')
    return stream(context, async (lines) => {
      const say = async (value: unknown) => void (await lines.write(`${JSON.stringify(value)}\n`))
      try {
        const version = await inTurn(saved.project.id, async () => {
          const steps = publish(saved.project, note, publisher)
          for (let step = await steps.next(); ; step = await steps.next()) {
            if (step.done) return step.value
            await say(step.value)
          }
        })
        await say({ version })
      } catch (error) {
        const failed = problem(
          'not_published',
          'The version could not be written; visitors still see the one before.',
          'Try again; if it happens every time, the operator checks the room on the studio’s disk.',
        )
        logError(error, failed)
        await say(failed)
      }
    })
  })

  app.get('/:id/versions', async (context) => {
    const saved = await store.read(context.req.param('id'))
    if (!saved) return context.json(noSuch.project(), 404)
    return context.json({ live: saved.liveVersion, versions: await store.listVersions(saved.project.id) })
  })

  app.get('/:id/versions/:version', async (context) => {
    const project = await store.readVersion(context.req.param('id'), Number(context.req.param('version')))
    return project ? context.json({ project }) : context.json(noSuch.version(), 404)
  })

  app.put('/:id/live', async (context) => {
    const body = liveBody.safeParse(await context.req.json().catch(() => undefined))
    const projectId = context.req.param('id')
    if (!body.success || !(await store.readVersion(projectId, body.data.version)))
      return context.json(noSuch.version(), 404)
    await store.setLive(projectId, body.data.version)
    return context.json({ live: body.data.version })
  })
}
