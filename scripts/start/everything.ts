import { join } from 'node:path'
import { readConfig, startBackendProxy } from '../../backend-proxy/index.ts'
import { demoSeed, startLocalTenant, type LocalTenant, type TenantSeed } from '../../local-tenant/index.ts'
import { sitesOn, startStudio } from '../../studio/index.ts'
import { requireFreePorts } from './ports.ts'
import type { StartAddresses, TenantAddress } from './report.ts'
import { readSettings } from './settings.ts'

interface Running {
  addresses: StartAddresses
  close(): Promise<void>
}

/**
 * Starts both tenants, the proxy, the studio and its two sites, and resolves when all of them answer.
 *
 * @throws Error saying what is in the way and how to get past it; nothing is left running then
 */
export async function startEverything(env: NodeJS.ProcessEnv): Promise<Running> {
  const { ports, dataDir, studio: reach, operatorToken } = readSettings(env)
  await requireFreePorts([
    ...Object.values(ports.tenants),
    ports.proxy,
    ports.studio,
    ...Object.values(ports.sites),
  ])

  const started: { close(): Promise<void> }[] = []
  const keep = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const server = await starting
    started.push(server)
    return server
  }
  const close = async () => {
    await Promise.all(started.map((server) => server.close()))
  }

  try {
    const sites = sitesOn(ports.sites)
    const seeds = {
      preview: demoSeed('preview', { callbackOrigins: [sites.preview] }),
      production: demoSeed('production', { callbackOrigins: [sites.production] }),
    }
    const control = env.LOCAL_TENANT_CONTROL === '1'
    const [preview, production] = await Promise.all([
      keep(startLocalTenant(seeds.preview, { port: ports.tenants.preview, control })),
      keep(startLocalTenant(seeds.production, { port: ports.tenants.production, control })),
    ])
    const proxy = await keep(
      startBackendProxy({
        ...readConfig({ LOG_LEVEL: env.LOG_LEVEL ?? 'warn', OPERATOR_TOKEN: operatorToken.reveal() }),
        port: ports.proxy,
        dataDir: join(dataDir, 'proxy'),
        localTenants: [preview.domain, production.domain],
      }),
    )
    const studio = await keep(
      startStudio({
        ...reach,
        port: ports.studio,
        sitePorts: ports.sites,
        dataDir: join(dataDir, 'studio'),
        proxy: { url: proxy.url, operatorToken },
      }),
    )
    return {
      addresses: {
        studio: studio.url,
        studioUrl: studio.entryUrl,
        proxy: proxy.url,
        operatorToken: operatorToken.reveal(),
        sites: studio.sites,
        tenants: {
          preview: addressOf(preview, seeds.preview),
          production: addressOf(production, seeds.production),
        },
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** What a person types to use a tenant: the credentials of its M2M application, and who can log in with a password. */
function addressOf({ domain }: LocalTenant, { clients, users }: TenantSeed): TenantAddress {
  const machine = clients?.find(({ app_type }) => app_type === 'non_interactive')
  if (!machine?.client_secret) throw new Error('The demo tenant has no M2M application.')
  return {
    domain,
    m2m: { clientId: machine.client_id, clientSecret: machine.client_secret },
    users: (users ?? []).flatMap(({ email, password, blocked }) =>
      email && password && !blocked ? [{ email, password }] : [],
    ),
  }
}
