const { AUTH0_DOMAIN: domain = '', AUTH0_CLIENT_ID: clientId = '' } = process.env

export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  telemetry: false,
  modules: ['lowgate/nuxt'],
  lowgate: {
    connections: { production: { domain, clientId } },
    rolesClaim: 'https://lowgate.example/roles',
  },
})
