import type { Finding } from 'lowgate/contract/proxy-api'
import { withOwner } from './check.ts'

interface Attempt {
  callback: string
  login: { connection?: string | undefined; organization?: string | undefined; audience?: string | undefined }
}

type Explanation = Omit<Finding, 'severity' | 'why' | 'owner'>

/** What Auth0's refusals mean, by its own words. */
const explanations: [RegExp, (attempt: Attempt) => Explanation][] = [
  [
    /callback URL mismatch/i,
    ({ callback }) => ({
      code: 'callback-missing',
      title: `${callback} is not among the Allowed Callback URLs`,
      where: 'Auth0 › Applications › Settings › Allowed Callback URLs',
      value: callback,
      fix: { field: 'callbacks', add: [callback] },
    }),
  ],
  [
    /unknown client/i,
    () => ({
      code: 'application-missing',
      title: 'The SPA application does not exist at this tenant',
      where: 'Connection › SPA application',
    }),
  ],
  [
    /service not found/i,
    ({ login }) => ({
      code: 'audience-missing',
      title: 'The API that is asked for does not exist',
      where: 'Auth0 › Applications › APIs',
      value: login.audience,
    }),
  ],
  [
    /organization/i,
    ({ login }) => ({
      code: 'organization-usage',
      title: login.organization
        ? 'The application does not take this organization'
        : 'The application requires an organization',
      where: 'Auth0 › Applications › Organizations',
      value: login.organization,
    }),
  ],
  [
    /connection/i,
    ({ login }) => ({
      code: 'identity-provider-missing',
      title: 'The identity provider is not turned on for the application',
      where: 'Auth0 › Applications › Connections',
      value: login.connection,
    }),
  ],
]

/** The finding for a refused login; Auth0's own words where none of ours fit. */
export function explainRefusal(
  { error, description }: { error: string; description: string },
  attempt: Attempt,
): Finding {
  const [, explain] = explanations.find(([pattern]) => pattern.test(description)) ?? []
  const explanation = explain?.(attempt) ?? {
    code: 'login-refused',
    title: `Auth0 refuses this login (${error})`,
    where: 'Auth0 › Monitoring › Logs',
  }
  return withOwner({ ...explanation, severity: 'error', why: `A visitor would see: ${description || error}` })
}
