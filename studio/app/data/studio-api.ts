import { editorHeader, type SiteAddress } from 'lowgate/contract'
import type { Project } from '../../project/schema.ts'

/** A project as the studio's server keeps it. */
export interface ProjectView {
  project: Project
  revision: number
  /** ISO 8601. */
  updatedAt: string
  /** What the production site shows; null until something is published. */
  liveVersion: number | null
  sites: Record<'preview' | 'production', SiteAddress>
}

/** An answer of the studio's server that is not a success. */
export class StudioError extends Error {
  override readonly name = 'StudioError'
  readonly status: number
  readonly suggestion: string
  /** The saved project, where it stands against the one that was sent. */
  readonly saved: ProjectView | undefined

  constructor(
    status: number,
    body: { error_description?: string; suggestion?: string; saved?: ProjectView },
  ) {
    super(body.error_description ?? 'The studio’s server did not understand this.')
    this.status = status
    this.suggestion = body.suggestion ?? 'Try again.'
    this.saved = body.saved
  }
}

export interface VersionView {
  version: number
  /** ISO 8601. */
  publishedAt: string
  note: string
  /** The findings that the builder overruled. */
  overruled: string[]
}

export interface PublishStep {
  step: 'preparing' | 'runtime' | 'pages' | 'live'
  done: number
  total: number
}

/** Whether the studio is open in this browser, and whether a password opens it. */
export interface SessionView {
  isOpen: boolean
  takesPassword: boolean
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(`/api${path}`, {
    method,
    headers: {
      [editorHeader.name]: editorHeader.value,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new StudioError(0, {
      error_description: 'The studio’s server cannot be reached.',
      suggestion: 'Nothing is lost here; it is tried again by itself.',
    })
  })
  if (!response.ok) throw new StudioError(response.status, await response.json().catch(() => ({})))
  return response
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body)
  return response.json().catch(() => {
    throw new StudioError(0, { error_description: 'The answer of the studio’s server was cut off.' })
  }) as Promise<T>
}

/** Publishes the draft that was saved as `revision`; `onStep` hears how far it is. @returns the version that is live now */
async function publish(
  projectId: string,
  about: Pick<VersionView, 'note' | 'overruled'> & { revision: number },
  onStep: (step: PublishStep) => void,
): Promise<number> {
  const { body } = await send('POST', `/projects/${projectId}/publish`, about)
  const lines = body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  const next = async () => lines?.read().catch(() => undefined)
  for (let part = await next(); part && !part.done; part = await next()) {
    const complete = (rest + part.value).split('\n')
    rest = complete.pop() ?? ''
    for (const line of complete) {
      const told = JSON.parse(line) as
        PublishStep | { version: number } | { error: string; error_description: string }
      if ('version' in told) return told.version
      if ('error' in told) throw new StudioError(500, told)
      onStep(told)
    }
  }
  throw new StudioError(0, {
    error_description: 'Publishing was cut off.',
    suggestion: 'Try again: visitors still see the version before.',
  })
}

export const studioApi = {
  session: () => call<SessionView>('GET', '/session'),
  logIn: (password: string) => call<SessionView>('POST', '/session', { password }),
  list: () => call<{ projects: { id: string; name: string; updated_at: string }[] }>('GET', '/projects'),
  create: (project: Project) => call<{ projectId: string }>('POST', '/projects', { project }),
  remove: async (projectId: string) => void (await send('DELETE', `/projects/${projectId}`)),
  read: (projectId: string) => call<ProjectView>('GET', `/projects/${projectId}`),
  save: (project: Project, revision: number) =>
    call<ProjectView>('PUT', `/projects/${project.id}`, { project, revision }),
  publish,
  versions: (projectId: string) =>
    call<{ live: number | null; versions: VersionView[] }>('GET', `/projects/${projectId}/versions`),
  version: (projectId: string, version: number) =>
    call<{ project: Project }>('GET', `/projects/${projectId}/versions/${version}`),
  setLive: (projectId: string, version: number) =>
    call<{ live: number }>('PUT', `/projects/${projectId}/live`, { version }),
}
