import { createLowgate, useAuth } from 'lowgate/plugin'
import { clientId, domain, mountSite, storage } from './site.ts'

const settings = { connections: { production: { domain, clientId } }, storage }

mountSite(
  (router) => createLowgate({ settings, router }),
  () => {
    const { user, loginWithRedirect } = useAuth()
    window.login = () => loginWithRedirect({})
    return () => user.value?.email
  },
)
