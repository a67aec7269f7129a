/** What an example may take as given, besides the exports of its own file. */
import type { App } from 'vue'
import type { Router } from 'vue-router'
import type { EditorHost, PublicSettings, RuntimeHost } from '../../contract/index.ts'
import type { Session } from '../../plugin/index.ts'

declare global {
  const settings: PublicSettings
  const host: RuntimeHost & EditorHost
  const session: Session
  const app: App
  const router: Router
  /** The text of an HTML page. */
  const page: string
  const error: unknown
}
