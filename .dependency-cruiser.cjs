/**
 * The import table of the design. A room is a folder or a file; the longest name that fits a file is its room.
 *
 * rooms      what it may import by path beside itself, as patterns of paths
 * exports    what it may import of the package's own exports, such as `lowgate/editor`
 * libraries  the packages that it may import
 * node       whether it may import Node's own modules
 * tests      what its tests and its `testing/` may import besides; Node's modules and Vitest are always among it
 */
const rooms = {
  contract: { libraries: ['zod'] },
  plugin: {
    rooms: ['contract/'],
    tests: { exports: ['local-tenant'], libraries: ['@playwright/test', 'vite', '@vitejs/plugin-vue'] },
  },
  // From the bottom up: none of them imports one that comes after it.
  'plugin/browser': { rooms: ['contract/'] },
  'plugin/guards': {
    rooms: ['contract/', 'plugin/browser/'],
    tests: { rooms: ['plugin/testing/'], libraries: ['@playwright/test'] },
  },
  'plugin/head': { rooms: ['contract/', 'plugin/browser/'], libraries: ['@auth0/auth0-spa-js'] },
  'plugin/session': {
    rooms: ['contract/', 'plugin/browser/', 'plugin/guards/', 'plugin/head/'],
    libraries: ['@auth0/auth0-spa-js'],
    tests: { rooms: ['plugin/testing/'], libraries: ['@playwright/test'] },
  },
  'plugin/adapters': {
    rooms: ['contract/', 'plugin/browser/', 'plugin/session/'],
    libraries: ['vue', 'pinia', 'vue-router'],
    tests: { rooms: ['plugin/testing/', 'plugin/index.ts$'] },
  },
  'plugin/playground': { exports: ['contract', 'plugin'], libraries: ['vue', 'vue-router'] },
  'workflow-actions': { rooms: ['contract/'], libraries: ['zod'] },
  editor: {
    rooms: ['contract/', 'workflow-actions/'],
    libraries: ['vue', '@vueuse/core', 'reka-ui', '@lucide/vue', '@fontsource-variable/inter'],
    tests: { libraries: ['@vue/test-utils'] },
  },
  'editor/checks': { rooms: ['contract/'] },
  'backend-proxy': {
    rooms: ['contract/'],
    libraries: [
      ...['hono', '@hono/node-server', '@hono/zod-openapi', 'zod', 'pino', 'rate-limiter-flexible'],
      ...['kysely', 'libsql', 'pg', 'jose', 'auth0', 'undici', 'ipaddr.js', 'lru-cache'],
    ],
    node: true,
  },
  'local-tenant': {
    libraries: [
      ...['oidc-provider', 'hono', '@hono/node-server', 'zod', 'jose', 'bcryptjs', 'selfsigned'],
      ...['rate-limiter-flexible', 'uqr', '@simplewebauthn/server', 'ipaddr.js'],
    ],
    node: true,
    tests: { libraries: ['auth0', '@auth0/auth0-spa-js', '@playwright/test', 'axe-core'] },
  },
  'studio/project': {
    exports: ['contract', 'contract/schemas', 'editor/checks', 'workflow-actions'],
    libraries: ['zod'],
    tests: { exports: ['manifest.json'], libraries: ['vue'] },
  },
  'studio/api': {
    rooms: ['studio/project/'],
    exports: ['contract', 'contract/http'],
    libraries: ['zod'],
  },
  'studio/site': {
    rooms: ['studio/project/'],
    exports: ['contract', 'plugin', 'workflow-actions'],
    libraries: ['vue', 'vue-router', '@lucide/vue', '@fontsource-variable/inter'],
    tests: { libraries: ['@vue/test-utils'] },
  },
  'studio/site/preview': {
    rooms: ['studio/site/', 'studio/project/'],
    exports: ['contract', 'plugin', 'editor'],
    libraries: ['vue', '@lucide/vue'],
  },
  'studio/app': {
    rooms: ['studio/project/', 'studio/api/', 'studio/site/blocks/'],
    exports: ['contract', 'contract/http', 'editor', 'manifest.json'],
    libraries: [
      ...['vue', '@vueuse/core', 'vue-router', 'pinia', '@lucide/vue'],
      ...['@atlaskit/pragmatic-drag-and-drop', '@atlaskit/pragmatic-drag-and-drop-hitbox'],
    ],
    tests: { rooms: ['studio/server/testing/'] },
  },
  'studio/server': {
    rooms: ['studio/project/', 'studio/api/'],
    exports: [
      'contract',
      'contract/http',
      'contract/proxy-api',
      'editor/project-use',
      'manifest.json',
      'plugin',
    ],
    libraries: ['hono', '@hono/node-server', 'zod', 'kysely', 'libsql', 'rate-limiter-flexible'],
    node: true,
  },
  'studio/index.ts': { rooms: ['studio/project/', 'studio/server/'], node: true },
  'tests/e2e': { rooms: ['scripts/'], libraries: ['@playwright/test', 'jose'], node: true },
}

/** What a room must not reach through others either. */
const outOfReach = [
  {
    name: 'editor-reaches-no-run-time-code',
    comment: 'The editor reads the definitions of actions; it runs none, and logs nobody in.',
    from: '^editor/',
    to: '^(plugin/|workflow-actions/index\\.ts$)',
  },
]

const literally = (text) => text.replaceAll('.', '\\.')
const startOf = (room) => `^${literally(room)}(?=/|$)`
const exported = (name) => `^${literally(name.endsWith('.json') ? name : `${name}/index.ts`)}$`
/** Of what hosts save and of requests. The one of a page’s reference is small, and visitors need it. */
const schemas = '^contract/(http/|proxy-api/|schemas/(?!page-reference))'
const testFile = '(\\.test\\.ts$|/testing/)'

const roomRules = Object.entries(rooms).flatMap(([room, { tests = {}, ...its }]) => {
  const inner = Object.keys(rooms).filter((other) => other.startsWith(`${room}/`))
  const withTests = (field) => [...(its[field] ?? []), ...(tests[field] ?? [])]

  const rulesFor = (whose, from, { rooms: others = [], exports = [], libraries = [], node = false }) => {
    const forbid = (what, comment, to) => ({
      name: `${whose}: ${what}`,
      comment: `${whose} may import ${comment}`,
      severity: 'error',
      from,
      to,
    })
    const elsewhere = [...others, ...exports.map((name) => `lowgate/${name}`)]
    const allowed = [startOf(room), ...others.map((path) => `^${path}`), ...exports.map(exported)]
    const library = (name) => `^node_modules/(@types/)?${literally(name)}/`
    return [
      forbid('rooms', elsewhere.join(', ') || 'no other room', {
        pathNot: ['^node_modules/', ...allowed],
        dependencyTypesNot: ['core'],
      }),
      // What is exported is imported by the package's name, as another host would.
      ...(exports.length
        ? [
            forbid('exports', 'other rooms by what they export', {
              path: exports.map(exported),
              dependencyTypes: ['local'],
            }),
          ]
        : []),
      forbid('libraries', libraries.join(', ') || 'no library', {
        path: '^node_modules/',
        pathNot: libraries.map(library),
      }),
      ...(node ? [] : [forbid('node', 'no module of Node', { dependencyTypes: ['core'] })]),
    ]
  }
  const deeper = inner.map(startOf)
  return [
    ...rulesFor(room, { path: startOf(room), pathNot: [testFile, ...deeper] }, its),
    ...rulesFor(
      `tests of ${room}`,
      { path: `${startOf(room)}.*${testFile}`, pathNot: deeper },
      {
        rooms: withTests('rooms'),
        exports: withTests('exports'),
        libraries: [...withTests('libraries'), 'vitest'],
        node: true,
      },
    ),
  ]
})

module.exports = {
  forbidden: [
    ...roomRules,
    ...outOfReach.map(({ name, comment, from, to }) => ({
      name,
      comment,
      severity: 'error',
      from: { path: from, pathNot: testFile },
      to: { path: to, reachable: true },
    })),
    {
      name: 'visitors-never-load-the-editor’s-texts',
      comment: 'What only builders and operators are told is for the editor and the proxy.',
      severity: 'error',
      from: {
        path: '^(contract/(?!proxy-api/|errors/catalogue)|plugin/|workflow-actions/)',
        pathNot: testFile,
      },
      to: { path: '^contract/errors/(editor-texts|catalogue)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'every file has a room',
      comment: 'tests/ and scripts/ are made of every room; all else is in the table.',
      severity: 'error',
      from: { pathNot: ['^node_modules/', '^(tests|scripts)/', ...Object.keys(rooms).map(startOf)] },
      to: {},
    },
    {
      name: 'visitors-never-load-the-schemas',
      comment:
        'Schemas are for editors and servers; what a visitor loads of the contract has their types only.',
      severity: 'error',
      from: { path: '^(contract|plugin|workflow-actions)/', pathNot: [schemas, testFile] },
      to: { path: schemas, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tests stay out of the product',
      severity: 'error',
      from: { pathNot: [testFile, '/(playground|gallery)/', '^tests/', '^scripts/(?!start)'] },
      to: { path: [testFile, '/(playground|gallery)/'] },
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
    // The applications of `npm run check:clients` are installed elsewhere, with what they import.
    exclude: { path: '^(dist|\\.data|tests/upgrade/written-by-[^/]+|scripts/clients/apps)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['lowgate-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.vue', '.d.ts'],
    },
  },
}
