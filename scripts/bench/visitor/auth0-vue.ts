import { createAuth0, useAuth0 } from '@auth0/auth0-vue'
import { clientId, domain, mountSite, storage } from './site.ts'

mountSite(
  () =>
    createAuth0({
      domain: `http://${domain}`,
      clientId,
      authorizationParams: { redirect_uri: `${location.origin}/callback` },
      ...(storage === 'localstorage' && { cacheLocation: storage, useRefreshTokens: true }),
    }),
  () => {
    const { user, loginWithRedirect } = useAuth0()
    window.login = () => loginWithRedirect()
    return () => user.value?.email
  },
)
