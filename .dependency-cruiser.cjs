/**
 * The import table of the design: which room may import which, and which libraries it may use.
 * A room is a top-level folder. Tests beside the source follow their room, with the test libraries added.
 */
const rooms = {
  contract: { rooms: [], packages: ['zod'] },
  plugin: { rooms: ['contract'], packages: ['vue', 'pinia', 'vue-router', '@auth0/auth0-spa-js'] },
  'workflow-actions': { rooms: ['contract'], packages: ['zod'] },
  editor: {
    rooms: ['contract', 'workflow-actions'],
    packages: ['vue', 'reka-ui', '@lucide/vue', '@fontsource-variable'],
  },
  'backend-proxy': { rooms: ['contract'], packages: null, node: true },
  'local-tenant': { rooms: [], packages: null, node: true },
  studio: { rooms: [], packages: null, node: true },
  'tests/e2e': { rooms: ['scripts'], packages: null, node: true },
}

const browserRooms = Object.keys(rooms).filter((room) => !rooms[room].node)
const testFile = '(\\.test\\.ts$|/testing/|/playground/)'
const any = (names) => names.join('|')

// How the cruiser sees an import of the package's own exports (lowgate/plugin …).
const ownExports = 'undetermined'

/** The studio stands on the package's own exports alone; so may tests and the playground, which need a tenant. */
const roomRules = Object.entries(rooms).flatMap(([room, { rooms: allowed }]) => {
  const to = {
    path: '^(contract|plugin|workflow-actions|editor|backend-proxy|local-tenant|studio|tests|scripts)/',
    pathNot: `^(${any([room, ...allowed])})/`,
  }
  const name = `room-${room.replace('/', '-')}`
  const comment = `${room}/ may import ${allowed.length ? any(allowed) : 'no other room'}`
  const viaExports = { ...to, dependencyTypesNot: [ownExports] }
  return [
    {
      name,
      comment,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: testFile },
      to: room === 'studio' ? viaExports : to,
    },
    {
      name: `${name}-tests`,
      comment,
      severity: 'error',
      from: { path: `^${room}/.*${testFile}` },
      to: viaExports,
    },
  ]
})

const libraryRules = Object.entries(rooms)
  .filter(([, { packages }]) => packages)
  .map(([room, { packages }]) => ({
    name: `libraries-${room}`,
    comment: `${room}/ may use ${any(packages)}`,
    severity: 'error',
    from: { path: `^${room}/`, pathNot: testFile },
    to: { path: '^node_modules/', pathNot: `^node_modules/(@types/)?(${any(packages)})(/|$)` },
  }))

module.exports = {
  forbidden: [
    ...roomRules,
    ...libraryRules,
    {
      name: 'no-node-in-the-browser',
      severity: 'error',
      from: { path: `^(${any(browserRooms)})/`, pathNot: testFile },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'editor-reads-definitions-only',
      severity: 'error',
      from: { path: '^editor/' },
      to: { path: '^workflow-actions/[^/]+/run\\.ts$' },
    },
    {
      name: 'visitors-never-load-the-proxy-schemas',
      severity: 'error',
      from: { path: '^(plugin|workflow-actions)/' },
      to: { path: '^contract/proxy-api/' },
    },
    {
      name: 'no-cycles',
      comment: 'Vue components that show a tree contain themselves; nothing else may.',
      severity: 'error',
      from: { pathNot: '\\.vue$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['lowgate-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.vue', '.d.ts'],
    },
  },
}
