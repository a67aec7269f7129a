import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRequire } from 'node:module'

/**
 * Every request that the `auth0` SDK can make, by the method that makes it: `clients.list` is
 * `GET /clients?fields&page`. Read from the SDK's own source, where each method names its path for its errors.
 *
 * @throws when the source no longer looks like that
 */
export function readSdkMethods(): Record<string, string> {
  const [root = ''] = createRequire(import.meta.url)
    .resolve('auth0')
    .split(/dist(?=[/\\])/)
  const folder = join(root, 'dist/esm/management/api/resources')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
    file.replaceAll('\\', '/'),
  )
  const methods = files
    .filter((file) => file.endsWith('client/Client.mjs'))
    .flatMap((file) => readMethods(readFileSync(join(folder, file), 'utf8'), toAccessor(file)))
  if (methods.length < 400)
    throw new Error(`Only ${methods.length} methods found in the source of auth0. Has it moved?`)
  return Object.fromEntries(methods.sort(([one], [other]) => one.localeCompare(other, 'en')))
}

/** `users/resources/roles/client/Client.mjs` is reached as `users.roles`. */
function toAccessor(file: string): string {
  return file.replace(/\/client\/Client\.mjs$/, '').replaceAll('/resources/', '.')
}

function readMethods(source: string, accessor: string): [string, string][] {
  const request =
    /^ {4}(?:async )?(?:__)?(\w+)\(.*\{$|_queryParams = \{([^}]*)\}|handleNonStatusCodeError\(.*"([A-Z]+)", "([^"]+)"\)/gm
  const methods: [string, string][] = []
  let name = ''
  let query: string[] = []
  for (const [, definition, parameters, method, path] of source.matchAll(request)) {
    if (definition) [name, query] = [definition, []]
    if (parameters) query = [...parameters.matchAll(/^\s*(\w+)/gm)].map(([, parameter = '']) => parameter)
    if (!method || !path) continue
    const on = `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`
    methods.push([`${accessor}.${name}`, query.length > 0 ? `${on}?${query.join('&')}` : on])
  }
  return methods
}
