import { join } from 'node:path'
import { packages } from './scripts/packages.mjs'

/** The file behind each name that can be imported, such as `@lowgate/editor/checks`. */
const entries = Object.fromEntries(
  packages.flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports).map(([entry, file]) => [join(manifest.name, entry), join(folder, file)]),
  ),
)

function librariesOf(room) {
  const { manifest } = packages.find(({ folder }) => folder === room)
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
}

/**
 * The import table of the design. A room is a folder or a file; the longest name that fits a file is its room.
 *
 * rooms      what it may import by path beside itself, as patterns of paths
 * exports    what it may import of what the packages export, such as `@lowgate/editor`
 * libraries  the packages that it may import; a room that is a package lists them in its manifest
 * node       whether it may import Node's own modules
 * tests      what its tests and its `testing/` may import besides; Node's modules and Vitest are always among it
 */
const rooms = {
  contract: { libraries: ['zod'], tests: { rooms: ['editor/testing/'] } },
  plugin: {
    rooms: ['contract/'],
    tests: {
      exports: ['@lowgate/local-tenant'],
      libraries: [
        ...['@playwright/test', 'vite', '@vitejs/plugin-vue', 'vue', 'vue-router', '@auth0/auth0-vue'],
      ],
    },
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
    tests: { rooms: ['plugin/testing/'], libraries: ['@playwright/test', 'jose'] },
  },
  'plugin/adapters': {
    rooms: ['contract/', 'plugin/browser/', 'plugin/session/'],
    libraries: ['vue', 'pinia', 'vue-router'],
    tests: {
      rooms: ['plugin/testing/', 'plugin/index.ts$'],
      exports: ['@lowgate/local-tenant'],
      libraries: ['@playwright/test', 'vite', '@vitejs/plugin-vue'],
    },
  },
  // It hands out what auth0-vue does: the SDK's own types and errors.
  'plugin/adapters/auth0-vue': {
    rooms: ['contract/', 'plugin/browser/', 'plugin/session/'],
    libraries: ['vue', 'vue-router', '@auth0/auth0-spa-js'],
    tests: {
      rooms: ['plugin/testing/'],
      exports: ['@lowgate/local-tenant'],
      libraries: ['@auth0/auth0-vue', '@playwright/test', 'vite', '@vitejs/plugin-vue'],
    },
  },
  'plugin/adapters/nuxt': {
    rooms: ['contract/', 'plugin/adapters/vue/'],
    libraries: ['@nuxt/kit', '@nuxt/schema', 'vue', 'vue-router'],
  },
  // A host in full: it runs actions, and checks the settings that people write by hand.
  'plugin/adapters/html': {
    rooms: ['contract/', 'plugin/browser/', 'plugin/guards/', 'plugin/session/'],
    exports: ['lowgate/workflow-actions'],
    libraries: ['zod'],
    tests: {
      rooms: ['plugin/testing/', 'scripts/build-html'],
      exports: ['@lowgate/local-tenant'],
      libraries: ['@playwright/test', 'vite'],
    },
  },
  'plugin/host-tests': { rooms: ['contract/'] },
  'plugin/playground': { exports: ['lowgate/contract', 'lowgate/plugin'], libraries: ['vue', 'vue-router'] },
  'workflow-actions': { rooms: ['contract/'], tests: { libraries: ['zod'] } },
  editor: {
    exports: [
      'lowgate/contract',
      'lowgate/contract/errors',
      'lowgate/contract/proxy-api',
      'lowgate/workflow-actions/definitions',
    ],
    libraries: librariesOf('editor'),
    tests: { exports: ['lowgate/contract/schemas'], libraries: ['@vue/test-utils'] },
  },
  'editor/checks': { exports: ['lowgate/contract'] },
  'editor/gallery': {
    rooms: ['editor/'],
    exports: ['lowgate/contract', 'lowgate/contract/proxy-api', 'lowgate/workflow-actions/definitions'],
    libraries: ['vue', '@lucide/vue', '@fontsource-variable/inter'],
  },
  'backend-proxy': {
    exports: ['lowgate/contract', 'lowgate/contract/errors', 'lowgate/contract/proxy-api'],
    libraries: librariesOf('backend-proxy'),
    node: true,
  },
  // Without Node's modules: it runs on edge runtimes too.
  'backend-proxy/verify': {
    exports: ['lowgate/contract', 'lowgate/contract/errors'],
    libraries: ['jose', 'lru-cache'],
    tests: { libraries: ['express', 'fast-check', 'fastify', 'hono', '@hono/node-server'] },
  },
  'local-tenant': {
    libraries: librariesOf('local-tenant'),
    node: true,
    tests: { libraries: ['auth0', '@auth0/auth0-spa-js', '@playwright/test', 'axe-core'] },
  },
  weweb: {
    exports: [
      'lowgate/contract',
      'lowgate/weweb',
      'lowgate/weweb/runtime',
      'lowgate/workflow-actions',
      'lowgate/workflow-actions/definitions',
      '@lowgate/editor',
    ],
    libraries: ['vue'],
    tests: {
      rooms: ['scripts/'],
      exports: [
        '@lowgate/local-tenant',
        '@lowgate/proxy',
        'lowgate/contract/proxy-api',
        'lowgate/contract/schemas',
      ],
      libraries: ['@playwright/test', 'vite', '@vitejs/plugin-vue', 'vue-router'],
    },
  },
  'studio/project': {
    exports: [
      'lowgate/contract',
      'lowgate/contract/schemas',
      '@lowgate/editor/checks',
      'lowgate/workflow-actions',
    ],
    libraries: ['zod'],
    tests: { exports: ['lowgate/manifest.json'], libraries: ['vue'] },
  },
  'studio/api': {
    rooms: ['studio/project/'],
    exports: ['lowgate/contract', 'lowgate/contract/http'],
    libraries: ['zod'],
  },
  'studio/site': {
    rooms: ['studio/project/'],
    exports: ['lowgate/contract', 'lowgate/plugin', 'lowgate/workflow-actions'],
    libraries: ['vue', 'vue-router', '@lucide/vue', '@fontsource-variable/inter'],
    tests: { libraries: ['@vue/test-utils'] },
  },
  'studio/site/preview': {
    rooms: ['studio/site/', 'studio/project/'],
    exports: ['lowgate/contract', 'lowgate/plugin', '@lowgate/editor'],
    libraries: ['vue', '@lucide/vue'],
  },
  'studio/app': {
    rooms: ['studio/project/', 'studio/api/', 'studio/site/blocks/'],
    exports: ['lowgate/contract', 'lowgate/contract/http', '@lowgate/editor', 'lowgate/manifest.json'],
    libraries: [
      ...['vue', '@vueuse/core', 'vue-router', 'pinia', '@lucide/vue', '@fontsource-variable/inter'],
      ...['@atlaskit/pragmatic-drag-and-drop', '@atlaskit/pragmatic-drag-and-drop-hitbox'],
    ],
    tests: { rooms: ['studio/server/testing/'] },
  },
  'studio/server': {
    rooms: ['studio/project/', 'studio/api/'],
    exports: [
      'lowgate/contract',
      'lowgate/contract/http',
      'lowgate/contract/proxy-api',
      '@lowgate/editor/project-use',
      'lowgate/manifest.json',
      'lowgate/plugin',
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
const exported = (name) => `^${literally(entries[name])}$`
/** Of what hosts save and of requests. */
const schemas = '^contract/(http/|proxy-api/|schemas/)'
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
    const elsewhere = [...others, ...exports]
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
              dependencyTypesNot: ['aliased'],
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

export default {
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
        path: '^(contract/(?!proxy-api/|errors/(catalogue|index))|plugin/|workflow-actions/)',
        pathNot: testFile,
      },
      to: {
        path: '^contract/errors/(editor-texts|token-texts|catalogue|index)',
        dependencyTypesNot: ['type-only'],
      },
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
      from: {
        path: '^(contract|plugin|workflow-actions)/',
        // Settings that people write into a page by hand are checked there, once they are needed.
        pathNot: [schemas, testFile, '^plugin/adapters/html/check-settings'],
      },
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
    {
      name: 'listed',
      comment: 'What a file imports is in the manifest of its package; the tools of tests are in the root’s.',
      severity: 'error',
      from: { pathNot: testFile },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The applications of `check:clients` and `test:hosts` are installed elsewhere, with what they import; what WeWeb
    // compiles of ours imports what `npm run build:weweb` puts beside it.
    exclude: {
      path: [
        '^(dist|\\.data|tests/upgrade/written-by-[^/]+|scripts/clients/apps|tests/hosts/[^/]+/app)/',
        '^weweb/(ww-config\\.js|src/[^/]+\\.js|testing/site/main\\.ts)$',
      ],
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.vue', '.d.ts'],
    },
  },
}
