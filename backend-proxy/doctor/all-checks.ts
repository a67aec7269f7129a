import type { Check } from './check.ts'
import { applicationMissing } from './checks/application-missing.ts'
import { callbackMissing } from './checks/callback-missing.ts'
import { logoutMissing } from './checks/logout-missing.ts'
import { webOriginMissing } from './checks/web-origin-missing.ts'
import { applicationType } from './checks/application-type.ts'
import { tokenEndpointMethod } from './checks/token-endpoint-method.ts'
import { grantMissing } from './checks/grant-missing.ts'
import { signingAlgorithm } from './checks/signing-algorithm.ts'
import { audienceManagement } from './checks/audience-management.ts'
import { audienceMissing } from './checks/audience-missing.ts'
import { scopeUnknown } from './checks/scope-unknown.ts'
import { offlineAccess } from './checks/offline-access.ts'
import { organizationUsage } from './checks/organization-usage.ts'
import { organizationMissing } from './checks/organization-missing.ts'
import { identityProviderNone } from './checks/identity-provider-none.ts'
import { identityProviderMissing } from './checks/identity-provider-missing.ts'
import { customDomainUnready, customIssuer } from './checks/custom-domain.ts'
import { refreshRotation } from './checks/refresh-rotation.ts'
import { refreshLifetime } from './checks/refresh-lifetime.ts'
import { legacyGrant } from './checks/legacy-grant.ts'
import { oidcConformant } from './checks/oidc-conformant.ts'
import { thirdParty } from './checks/third-party.ts'
import { wildcardAddress } from './checks/wildcard-address.ts'
import { insecureAddress } from './checks/insecure-address.ts'
import { socialKeys } from './checks/social-keys.ts'
import { rolesClaim } from './checks/roles-claim.ts'
import { reloadSession } from './checks/reload-session.ts'
import { initiateLogin } from './checks/initiate-login.ts'
import { loopbackConfirmation } from './checks/loopback-confirmation.ts'
import { m2mScopeMissing, m2mScopeExcessive } from './checks/m2m-scopes.ts'

/** In the order in which a builder reads them. */
export const allChecks: readonly Check[] = [
  applicationMissing,
  callbackMissing,
  logoutMissing,
  webOriginMissing,
  applicationType,
  tokenEndpointMethod,
  grantMissing,
  signingAlgorithm,
  audienceManagement,
  audienceMissing,
  scopeUnknown,
  offlineAccess,
  organizationUsage,
  organizationMissing,
  identityProviderNone,
  identityProviderMissing,
  customDomainUnready,
  customIssuer,
  refreshRotation,
  refreshLifetime,
  legacyGrant,
  oidcConformant,
  thirdParty,
  wildcardAddress,
  insecureAddress,
  socialKeys,
  rolesClaim,
  reloadSession,
  initiateLogin,
  loopbackConfirmation,
  m2mScopeMissing,
  m2mScopeExcessive,
]
