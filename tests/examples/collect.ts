import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Example {
  /** Where it is, as `file:line`. */
  place: string
  code: string
}

const publicRooms = ['contract', 'plugin', 'workflow-actions', 'editor', 'backend-proxy', 'local-tenant']

const filesBelow = (folder: string, ending: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path) && !/\.test\.ts$|(^|\/)testing\//.test(path))
    .map((path) => join(folder, path))

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

/** The `@example` of every docstring in a TypeScript file, with that file's own exports at hand. */
function fromDocstrings(file: string): Example[] {
  const text = readFileSync(file, 'utf8')
  const exports = [...text.matchAll(/^export (?:async )?(function|const|class|type|interface) (\w+)/gm)]
  const names = exports.map(([, kind, name]) =>
    kind === 'type' || kind === 'interface' ? `type ${name}` : name,
  )
  return [...text.matchAll(/@example\n((?: \*(?: [^@\n].*)?\n)+)/g)].map((match) => ({
    place: `${file}:${lineAt(text, match.index)}`,
    code: `import { ${names.join(', ')} } from '../../${file}'\n${match[1]?.replace(/^ \* ?/gm, '') ?? ''}`,
  }))
}

/** The TypeScript blocks of a guide, each a module of its own. */
function fromGuide(file: string): Example[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => ({
    place: `${file}:${lineAt(text, match.index)}`,
    code: match[1] ?? '',
  }))
}

/** Every example that a reader may copy. */
export const collectExamples = (): Example[] => [
  ...publicRooms.flatMap((room) => filesBelow(room, /\.ts$/)).flatMap(fromDocstrings),
  ...[
    'README.md',
    ...publicRooms.map((room) => join(room, 'README.md')).filter(existsSync),
    ...filesBelow('docs', /\.md$/),
  ].flatMap(fromGuide),
]
