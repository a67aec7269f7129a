import type { User } from '../../contract/index.ts'

/** What an ID token says of the login itself; the SDK does not count it to the profile. */
export interface LoginClaims {
  sub?: unknown
  /** The tenant's session. */
  sid?: unknown
  amr?: unknown
  acr?: unknown
  auth_time?: unknown
}

const pick = ({ amr, acr, auth_time }: LoginClaims) => ({
  ...(amr !== undefined && { amr }),
  ...(acr !== undefined && { acr }),
  ...(auth_time !== undefined && { auth_time }),
})

/** `claims` with what an earlier ID token of the same session said of the login: a renewal's may leave it out. */
export const carryLogin = <C extends LoginClaims>(claims: C, earlier: LoginClaims | undefined): C =>
  earlier && earlier.sub === claims.sub && earlier.sid === claims.sid
    ? { ...pick(earlier), ...claims }
    : claims

/** The profile with what the ID token says of the login. */
export const withLogin = (user: User, claims: LoginClaims | undefined): User =>
  ({ ...user, ...(claims && pick(claims)) }) as User
