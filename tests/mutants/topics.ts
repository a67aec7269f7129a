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
    tests: ['backend-proxy/secrets/'],
  },
  // Who may call, from where, with what: the rest of the room puts these together.
  http: {
    mutate: ['backend-proxy/http/{callers,client-address,deadline,json-body,rate-limit}.ts'],
    tests: ['backend-proxy/http/'],
  },
  // Where a secret may go and what may come back: the lists show, and decide nothing.
  tenant: {
    mutate: [
      'backend-proxy/tenant/{access-token,address-guard,domain-rule,guarded-fetch,share-while-good,upstream-errors}.ts',
    ],
    tests: ['backend-proxy/tenant/'],
  },
  fix: {
    mutate: ['backend-proxy/health-check/{fix-application,address-rules}.ts'],
    tests: ['backend-proxy/health-check/'],
  },
  bindings: {
    mutate: ['studio/project/{address,bindings,fill-in-json,request-parts,resolve-field}.ts'],
    tests: ['studio/project/'],
  },
  checks: { mutate: ['studio/project/checks/*.ts'], tests: ['studio/project/checks/'] },
  'public-site': { mutate: ['studio/project/public-site.ts'], tests: ['studio/project/', 'studio/server/'] },
}
