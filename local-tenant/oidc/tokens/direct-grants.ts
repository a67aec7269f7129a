import { TOKEN_EXCHANGE } from '../grant-types.ts'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Tenant } from '../../tenant/tenant.ts'
import { mfaGrant, mfaGrantTypes } from '../mfa/grants.ts'
import { tokenExchange } from './token-exchange.ts'
import { PASSKEY_GRANT, passkeyGrant } from '../passkeys/grant.ts'
import { password, PASSWORD_REALM } from './password.ts'

type GrantHandler = (tenant: Tenant, ctx: KoaContextWithOIDC) => Promise<void>

/** What `/oauth/token` does beside codes, refresh tokens and machines, for applications that list it. */
export const directGrants: Record<string, GrantHandler> = {
  password,
  [PASSWORD_REALM]: password,
  [PASSKEY_GRANT]: passkeyGrant,
  [TOKEN_EXCHANGE]: tokenExchange,
  ...Object.fromEntries(mfaGrantTypes.map((type) => [type, mfaGrant])),
}
