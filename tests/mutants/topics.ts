/** What `npm run mutation` changes, and the Node tests that have to notice. */
export interface MutationTopic {
  /** Globs of the sources that get mutants. */
  readonly mutate: readonly string[]
  /** The tests that run against each mutant: files, or folders with all their Node tests. */
  readonly tests: readonly string[]
}

export const topics: Readonly<Record<string, MutationTopic>> = {
  contract: {
    mutate: ['contract/{domain,environments,organization,login-parameters}.ts'],
    tests: ['contract/', 'studio/project/', 'tests/conformance/', 'tests/attacks/domains.test.ts'],
  },
  secrets: {
    mutate: ['backend-proxy/secrets/*.ts'],
    tests: [
      'backend-proxy/secrets/',
      'backend-proxy/storage/',
      'backend-proxy/routes/',
      'backend-proxy/dumps.test.ts',
    ],
  },
  http: {
    mutate: ['backend-proxy/http/*.ts'],
    tests: ['backend-proxy/http/', 'backend-proxy/routes/', 'tests/attacks/request-paths.test.ts'],
  },
  tenant: {
    mutate: ['backend-proxy/tenant/**/*.ts'],
    tests: ['backend-proxy/tenant/', 'backend-proxy/routes/', 'tests/backend-proxy/lists.test.ts'],
  },
  fix: {
    mutate: ['backend-proxy/health-check/{fix-application,address-rules,addresses}.ts'],
    tests: ['backend-proxy/health-check/', 'tests/backend-proxy/health-check/'],
  },
  bindings: {
    mutate: ['studio/project/{address,bindings,fill-in-json,request-parts,resolve-field}.ts'],
    tests: ['studio/project/', 'tests/attacks/addresses.test.ts'],
  },
  checks: { mutate: ['studio/project/checks/*.ts'], tests: ['studio/project/checks/'] },
  'public-site': { mutate: ['studio/project/public-site.ts'], tests: ['studio/project/', 'studio/server/'] },
}
