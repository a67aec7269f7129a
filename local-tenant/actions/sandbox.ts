import { createRequire, isBuiltin } from 'node:module'
import { join } from 'node:path'
import { createContext, runInContext, type Context } from 'node:vm'
import type { Action } from '../tenant/seeds/actions.ts'

/** Auth0 gives the Actions of one trigger so long in all. */
export const TIME_LIMIT_SECONDS = 20

type Handler = (event: unknown, api: unknown) => unknown

/** A loaded Auth0 Action. */
export interface LoadedAction {
  handles(handler: string): boolean
  /**
   * Calls a handler with a copy of the event.
   *
   * @throws what the handler throws, or when it takes too long
   */
  call(handler: string, event: object, api: object, milliseconds: number): Promise<void>
}

/**
 * Loads an Auth0 Action: the functions of the seed itself, or the text that Auth0's dashboard shows, in globals of
 * its own. Node's modules can be required, and the declared `dependencies` that are installed here.
 *
 * @throws when the text does not run, or requires what it may not
 */
export function loadAction(action: Action, log: (line: string) => void): LoadedAction {
  const context = createContext(globalsFor(action, log))
  const handlers = loadHandlers(action, context)
  // A copy made inside has the sandbox's own prototypes, and cannot reach what the tenant keeps.
  const copy =
    action.code === undefined ? JSON.parse : (runInContext('JSON.parse', context) as typeof JSON.parse)
  return {
    handles: (handler) => typeof handlers[handler] === 'function',
    async call(handler, event, api, milliseconds) {
      const copied: unknown = copy(JSON.stringify(event))
      const started = Date.now()
      context.__call = () => handlers[handler]?.(copied, api)
      const running: unknown = runInContext('__call()', context, { timeout: Math.max(1, milliseconds) })
      await within(Promise.resolve(running), milliseconds - (Date.now() - started))
    },
  }
}

function loadHandlers(action: Action, context: Context): Record<string, Handler | undefined> {
  if (action.code === undefined) return action as unknown as Record<string, Handler>
  try {
    runInContext(action.code, context, { filename: `${action.name}.js`, timeout: TIME_LIMIT_SECONDS * 1000 })
  } catch (cause) {
    const problem = `The Auth0 Action "${action.name}" does not load (${String(cause)}).`
    throw new Error(`${problem} Correct its code or its dependencies.`, { cause })
  }
  const handlers = (context.module as { exports: Record<string, Handler> }).exports
  if (!Object.keys(handlers).some((name) => /^on(Execute|Continue)/.test(name))) {
    throw new Error(
      `The Auth0 Action "${action.name}" exports no handler such as onExecutePostLogin. Add one.`,
    )
  }
  return handlers
}

async function within(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('Script execution timed out')), Math.max(0, milliseconds))
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function globalsFor({ name, dependencies = [] }: Action, log: (line: string) => void): Context {
  const print = (...values: unknown[]) => log(`[${name}] ${values.map(String).join(' ').slice(0, 256)}`)
  const exports = {}
  return {
    ...{ exports, module: { exports }, require: requireFor(name, dependencies) },
    console: { log: print, info: print, warn: print, error: print, debug: print },
    process: { env: {}, version: process.version },
    ...{ Buffer, URL, URLSearchParams, TextEncoder, TextDecoder, structuredClone, atob, btoa },
    ...{
      fetch,
      Headers,
      Request,
      Response,
      FormData,
      Blob,
      AbortController,
      AbortSignal,
      crypto,
      performance,
    },
    ...{ setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, queueMicrotask },
  }
}

function requireFor(action: string, dependencies: NonNullable<Action['dependencies']>) {
  const load = createRequire(join(process.cwd(), 'package.json'))
  return (id: string): unknown => {
    if (isBuiltin(id)) return load(id)
    const packageName = id.split('/', id.startsWith('@') ? 2 : 1).join('/')
    if (!dependencies.some((dependency) => dependency.name === packageName)) {
      throw new Error(`Cannot find module '${id}': "${action}" does not name it in its dependencies.`)
    }
    try {
      return load(id)
    } catch (cause) {
      const cure = `Run "npm install ${packageName}" in ${process.cwd()}.`
      throw new Error(`Cannot find module '${id}': it is not installed here. ${cure}`, { cause })
    }
  }
}
