/** Where a builder ticks the scopes of their M2M application in Auth0's dashboard. */
export const scopePath =
  'Auth0 › Applications › APIs › Auth0 Management API › Machine to Machine Applications › your application › Permissions'
