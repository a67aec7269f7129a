/** A client of Auth0, and how it is installed and run against the local tenant. */
export interface CheckedClient {
  /** What npm installs, at exactly these versions; the client itself is the first. */
  packages: Record<string, string>
  /**
   * What `apps/<client>/main.mjs` is: a `page` runs in the browser, a `server` is an application that the browser
   * visits, a `program` does its work and ends.
   */
  runs: 'page' | 'server' | 'program'
  /**
   * How the tenant is reached. `https` for clients that write `https://` themselves, `public` for those that take
   * neither `localhost` nor a port besides. Default: http on localhost.
   */
  tenant?: 'https' | 'public'
  /** What the table has to say beside the version. */
  note?: string
}

const express = '5.3.0'
const spaJs = {
  version: '2.27.0',
  note: '2.28.3 asks for a version of `@auth0/auth0-auth-js` that the registry did not have',
}

/** The versions that were checked, in the order of the table in docs/local-tenant.md. All run on Node 20.19. */
export const clients: CheckedClient[] = [
  { packages: { '@auth0/auth0-spa-js': spaJs.version }, runs: 'page', note: spaJs.note },
  {
    packages: { '@auth0/auth0-vue': '2.10.0', '@auth0/auth0-spa-js': spaJs.version, vue: '3.5.45' },
    runs: 'page',
  },
  { packages: { auth0: '7.1.0' }, runs: 'program', tenant: 'https' },
  { packages: { 'openid-client': '6.8.9' }, runs: 'server' },
  { packages: { 'express-openid-connect': '3.4.0', express }, runs: 'server' },
  { packages: { 'express-oauth2-jwt-bearer': '1.10.0', express }, runs: 'program' },
  {
    packages: { 'passport-auth0': '1.4.5', passport: '0.7.0', express, 'express-session': '1.19.0' },
    runs: 'server',
    tenant: 'https',
  },
  {
    packages: {
      '@auth0/nextjs-auth0': '4.30.0',
      ...{ next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1', undici: '7.30.2' },
    },
    runs: 'server',
    tenant: 'public',
  },
  { packages: { '@auth0/auth0-server-js': '1.12.1' }, runs: 'server', tenant: 'https' },
  { packages: { 'auth0-deploy-cli': '8.44.0' }, runs: 'program', tenant: 'https' },
]

/** The name that npm installs the client by, and its version. */
export function packageOf({ packages }: CheckedClient): { name: string; version: string } {
  const [[name, version] = ['', '']] = Object.entries(packages)
  return { name, version }
}

/** The name without its scope: the client's folder, and what `--only` takes. */
export function nameOf(client: CheckedClient): string {
  return packageOf(client).name.replace(/^@.+\//, '')
}
