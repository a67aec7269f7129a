/**
 * Verification of access tokens, for APIs: on Node, on edge runtimes, and in the frameworks of both.
 *
 * @module
 */
export * from './middleware.ts'
export { TokenError, toAnswer, type TokenCode } from './errors.ts'
export type { FetchKeys } from './keys.ts'
export {
  createVerifier,
  type AccessToken,
  type PresentedToken,
  type Requirements,
  type Verifier,
  type VerifierOptions,
} from './verifier.ts'
