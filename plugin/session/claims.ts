import type { PublicSettings, User } from '../../contract/index.ts'
import type { SessionState } from './types.ts'

type Claims = Readonly<Record<string, unknown>>

/** The claims of a token, unverified; `{}` for an opaque one. They decide what is shown, never what is served. */
export function readClaims(token: string | undefined): Claims {
  try {
    const payload = token?.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes)) as Claims
  } catch {
    return {}
  }
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []

/** What the tokens say of a visitor. The ID token's claims win; Auth0 puts `permissions` into access tokens. */
export function toState(
  { rolesClaim, permissionsClaim = 'permissions' }: Pick<PublicSettings, 'rolesClaim' | 'permissionsClaim'>,
  user: User | undefined,
  accessToken: string | undefined,
): Omit<SessionState, 'isLoading' | 'error'> {
  const access = readClaims(accessToken)
  const list = (claim: string | undefined) => (user && claim ? textsOf(user[claim] ?? access[claim]) : [])
  return {
    user,
    isAuthenticated: !!user,
    roles: list(rolesClaim),
    permissions: list(permissionsClaim),
    organization: user?.org_id
      ? { id: user.org_id, ...(user.org_name && { name: user.org_name }) }
      : undefined,
  }
}
