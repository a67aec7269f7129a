/** The Management API scopes that the connection panel cannot do without. */
export const requiredScopes = [
  'read:clients',
  'read:connections',
  'read:organizations',
  'read:resource_servers',
]
