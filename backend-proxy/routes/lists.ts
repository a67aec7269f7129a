import type { Handlers } from '../http/mount.ts'
import { createListReader } from '../tenant/lists/list-reader.ts'
import type { TenantPool } from '../tenant/tenant-client.ts'
import type { CredentialsReader } from './credentials.ts'

export function createListRoutes(parts: {
  credentials: CredentialsReader
  tenants: TenantPool
}): Pick<Handlers, 'list'> {
  const readList = createListReader()
  return {
    async list({ params, body, caller }) {
      const m2m = await parts.credentials.resolve(caller, params, body.credentials)
      return readList(parts.tenants.get(m2m), params.list, body)
    },
  }
}
