import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('loads oidc-provider without its warning about Node 20, and keeps other warnings', async () => {
  const code = `await import('./local-tenant/index.ts'); console.warn('another warning')`
  const flags = ['--import', 'tsx', '--input-type=module', '--eval', code]
  const { stderr } = await promisify(execFile)(process.execPath, flags)
  expect(stderr).toBe('another warning\n')
})
