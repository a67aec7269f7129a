import { actionOperations } from './actions.ts'
import { clientGrantOperations } from './client-grants.ts'
import { clientOperations } from './clients.ts'
import { connectionOperations } from './connections.ts'
import { customDomainOperations } from './custom-domains.ts'
import { emptyListOperations } from './empty-lists.ts'
import { jobOperations } from './jobs.ts'
import { logOperations } from './logs.ts'
import type { Operation } from './operation.ts'
import { organizationConnectionOperations } from './organization-connections.ts'
import { organizationInvitationOperations } from './organization-invitations.ts'
import { organizationMemberOperations } from './organization-members.ts'
import { organizationOperations } from './organizations.ts'
import { resourceServerOperations } from './resource-servers.ts'
import { roleOperations } from './roles.ts'
import { sessionOperations } from './sessions.ts'
import { statsOperations } from './stats.ts'
import { tenantSettingsOperations } from './tenant-settings.ts'
import { ticketOperations } from './tickets.ts'
import { tokenExchangeProfileOperations } from './token-exchange-profiles.ts'
import { triggerOperations } from './triggers.ts'
import { userBlockOperations } from './user-blocks.ts'
import { factorOperations } from './user-factors.ts'
import { identityOperations } from './user-identities.ts'
import { userRoleOperations } from './user-roles.ts'
import { userOperations } from './users.ts'

/** Everything the Management API of a local tenant does; what the SDK knows beyond it is answered with 501. */
export const operations: Operation[] = [
  ...clientOperations,
  ...resourceServerOperations,
  ...clientGrantOperations,
  ...roleOperations,
  ...connectionOperations,
  ...organizationOperations,
  ...organizationConnectionOperations,
  ...organizationMemberOperations,
  ...organizationInvitationOperations,
  ...userOperations,
  ...identityOperations,
  ...userRoleOperations,
  ...factorOperations,
  ...sessionOperations,
  ...userBlockOperations,
  ...jobOperations,
  ...ticketOperations,
  ...logOperations,
  ...statsOperations,
  ...actionOperations,
  ...triggerOperations,
  ...tokenExchangeProfileOperations,
  ...tenantSettingsOperations,
  ...customDomainOperations,
  ...emptyListOperations,
]
