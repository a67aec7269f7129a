import type { LogEvent } from './logs.ts'
import type { User } from './seeds/schema.ts'
import type { Tenant } from './tenant.ts'
import { connectionNameOf, labelOf } from './users.ts'

/** Logs what happened to a user. @see https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes */
export function logUser(
  { logs, directory }: Tenant,
  type: string,
  user: User,
  more: Partial<LogEvent> = {},
): void {
  const connection = directory.connections.named(connectionNameOf(directory, user))
  logs.add({
    type,
    user_id: user.user_id,
    user_name: labelOf(user),
    connection: connection?.name,
    connection_id: connection?.id,
    ...more,
  })
}
