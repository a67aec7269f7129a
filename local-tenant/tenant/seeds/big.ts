import type { TenantSeed } from './schema.ts'

/** How many of each are added. */
export interface BigSeedOptions {
  /** Default: 5000. */
  applications?: number
  /** Default: 20000. */
  organizations?: number
  /** Members of nothing, in the seed's first database, all with the password `Generated-User-1`. Default: none. */
  users?: number
}

const kinds = ['spa', 'regular_web', 'native', 'non_interactive'] as const
const places = [
  'Harbour',
  'Meadow',
  'Granite',
  'Juniper',
  'Cobalt',
  'Lantern',
  'Orchard',
  'Summit',
  'Willow',
  'Zephyr',
]

/** Adds many applications (a quarter of them single-page), organizations and users to a seed, the same at every start. */
export function bigSeed(
  seed: TenantSeed,
  { applications = 5_000, organizations = 20_000, users = 0 }: BigSeedOptions = {},
): TenantSeed {
  return {
    ...seed,
    clients: [...seed.clients, ...Array.from({ length: applications }, (_, index) => application(index))],
    organizations: [
      ...(seed.organizations ?? []),
      ...Array.from({ length: organizations }, (_, index) => organization(index)),
    ],
    users: [...(seed.users ?? []), ...Array.from({ length: users }, (_, index) => user(index))],
  }
}

function application(index: number): TenantSeed['clients'][number] {
  const number = String(index).padStart(5, '0')
  const app_type = kinds[index % kinds.length] ?? 'spa'
  const origin = `https://app-${number}.acme.example`
  const confidential = app_type === 'regular_web' || app_type === 'non_interactive'
  return {
    client_id: `generatedApplication${number}Local00`,
    name: `${place(index)} application ${number}`,
    app_type,
    callbacks: [`${origin}/callback`],
    allowed_logout_urls: [origin],
    web_origins: [origin],
    ...(confidential && { client_secret: `generated-secret-${number}` }),
  }
}

function organization(index: number): NonNullable<TenantSeed['organizations']>[number] {
  const number = String(index).padStart(5, '0')
  return {
    id: `org_generated${number}`,
    name: `${place(index).toLowerCase()}-${number}`,
    display_name: `${place(index)} ${number}`,
  }
}

function user(index: number): NonNullable<TenantSeed['users']>[number] {
  const number = String(index).padStart(6, '0')
  const email = `user-${number}@${place(index).toLowerCase()}.example`
  return {
    user_id: `auth0|generated${number}`,
    email,
    email_verified: index % 3 > 0,
    name: `${place(index)} user ${number}`,
    nickname: `user-${number}`,
    password: 'Generated-User-1',
  }
}

function place(index: number): string {
  return places[index % places.length] ?? ''
}
