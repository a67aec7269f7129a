import { defineCheck, inApplication } from '../check.ts'

export const identityProviderMissing = defineCheck({
  code: 'identity-provider-missing',
  title: 'The identity providers that actions name are turned on',
  needs: ['application', 'identityProviders'],
  find({ application, identityProviders }, { use }) {
    if (!application) return []
    return use.identityProviders.flatMap((name) => {
      const provider = identityProviders.find((candidate) => candidate.name === name)
      if (provider && (provider.enabled_clients?.includes(application.client_id) ?? true)) return []
      return {
        severity: 'error',
        title: provider
          ? `The identity provider ${name} is turned off for the application`
          : `There is no identity provider ${name}`,
        why: 'Actions that send visitors straight to it end with an error.',
        where: provider ? inApplication(application, 'Connections') : 'Auth0 › Authentication',
        value: name,
      }
    })
  },
})
