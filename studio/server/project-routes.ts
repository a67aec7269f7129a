import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { newId, toSlug } from '../project/new-id.ts'
import { projectSchema } from '../project/schema.ts'
import { noSuch, problem } from './answers.ts'
import { forgetConnections } from './forget-connections.ts'
import type { ProxyAddress } from './forward-to-proxy.ts'
import type { SavedProject } from './project-store.ts'
import type { Publisher } from './publish.ts'
import { sitesOf, type SitePorts } from './site-folders.ts'
import { createTurns } from './turns.ts'
import { addVersionRoutes } from './version-routes.ts'

const saveBody = z.strictObject({ project: projectSchema, revision: z.int().positive() })
const createBody = z.strictObject({ project: projectSchema })

const invalid = (error: z.ZodError | undefined) =>
  problem(
    'invalid_project',
    'The project has a value that cannot be saved.',
    error ? z.prettifyError(error).slice(0, 2000) : 'It belongs to another address.',
  )

const bodyOf = async (context: Context): Promise<unknown> => context.req.json().catch(() => undefined)

/** The studio's own API: list, create, read, save, delete and publish projects. */
export function createProjectRoutes({
  sitePorts,
  proxy,
  ...publisher
}: Publisher & { sitePorts: SitePorts; proxy: ProxyAddress }): Hono {
  const { store } = publisher
  const inTurn = createTurns()
  const app = new Hono()
  const view = (saved: SavedProject) => ({ ...saved, sites: sitesOf(saved.project.id, sitePorts) })

  app.get('/', async (context) => context.json({ projects: await store.list() }))

  /** A new project from a template or an import; its id is changed when it is taken. */
  app.post('/', async (context) => {
    const body = createBody.safeParse(await bodyOf(context))
    if (!body.success) return context.json(invalid(body.error), 422)
    const { project } = body.data
    const wish = toSlug(project.name) || 'site'
    const taken = (await store.list()).map(({ id }) => id)
    let id = newId(wish, taken)
    while (!(await store.create({ ...project, id }))) {
      taken.push(id)
      id = newId(wish, taken)
    }
    return context.json({ projectId: id }, 201)
  })

  app.get('/:id', async (context) => {
    const saved = await store.read(context.req.param('id'))
    return saved ? context.json(view(saved)) : context.json(noSuch.project(), 404)
  })

  app.put('/:id', async (context) => {
    const body = saveBody.safeParse(await bodyOf(context))
    if (body.data?.project.id !== context.req.param('id')) return context.json(invalid(body.error), 422)
    const result = await store.save(body.data.project, body.data.revision)
    if (!result) return context.json(noSuch.project(), 404)
    if (result.outcome === 'saved') return context.json(view(result.saved))
    const conflict = problem(
      'conflict',
      'Somebody else changed this project meanwhile.',
      'Take their version, or keep yours on top of it.',
    )
    return context.json({ ...conflict, saved: view(result.saved) }, 409)
  })

  app.delete('/:id', async (context) => {
    const id = context.req.param('id')
    if (!(await store.read(id))) return context.json(noSuch.project(), 404)
    try {
      await forgetConnections(id, proxy)
    } catch {
      const kept = problem(
        'not_deleted',
        'The project was not deleted: its saved credentials could not be deleted with it.',
        'Try again; the operator checks that the backend proxy runs.',
      )
      return context.json(kept, 502)
    }
    await inTurn(id, async () => {
      await store.remove(id)
      await rm(join(publisher.sitesFolder, id), { recursive: true, force: true })
    })
    return context.body(null, 204)
  })

  addVersionRoutes(app, publisher, inTurn)
  return app
}
