import { editorHeader } from 'lowgate/contract'
import { createClient, type Failure } from 'lowgate/contract/http'
import { studioApi as endpoints, studioProblem, type ProjectView } from '../../api/endpoints.ts'
import type { Objection } from '../../project/checks/objections.ts'

/** Why the studio's server did not do what it was asked. */
export class StudioError extends Error {
  override readonly name = 'StudioError'
  readonly cure: string
  /** Whether the server answered that it will not, so that asking again changes nothing. */
  readonly isRefusal: boolean
  /** The saved project, when it conflicts with ours. */
  readonly saved: ProjectView | undefined
  /** What keeps the draft from being published. */
  readonly objections: readonly Objection[]

  constructor(failure: Failure) {
    const answer = failure.kind === 'refused' ? studioProblem.safeParse(failure.body).data : undefined
    const [title, cure] = answer
      ? [answer.error_description, answer.suggestion]
      : failure.kind === 'offline'
        ? ['The studio’s server cannot be reached.', 'Nothing is lost here; it is tried again by itself.']
        : ['The answer of the studio’s server was cut off.', 'Try again.']
    super(title)
    this.cure = cure
    this.isRefusal = failure.kind === 'refused'
    this.saved = answer?.saved
    this.objections = answer?.objections ?? []
  }
}

/** The studio's server. Every failure is a {@link StudioError}. */
export const studioApi = createClient(endpoints, {
  baseUrl: '/api',
  headers: () => ({ [editorHeader.name]: editorHeader.value }),
  toError: (failure) => new StudioError(failure),
})
