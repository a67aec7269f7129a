export { checkAccess, type AccessUse, type GuardedPart } from './access.ts'
export { checkLoginPages, namesParameters, type LoginPageUse } from './login-pages.ts'
export { identity, type SiteTrouble } from './site-trouble.ts'
