import { z } from 'zod'
import { isLoopback, toDomain } from '../domain.ts'
import { environments } from '../environments.ts'
import type { PublicConnection, PublicSettings } from '../settings.ts'
import { pageReference } from './page-reference.ts'

/** A {@link PublicConnection}; its domain becomes part of the site's Content Security Policy. */
export const publicConnection = z.strictObject({
  domain: z
    .string()
    .max(253)
    .refine(
      (domain) => toDomain(domain) === domain || isLoopback(domain),
      'Use a domain, such as t.eu.auth0.com.',
    ),
  clientId: z.string().max(200),
  audience: z.string().max(500).exactOptional(),
  organization: z.string().max(200).exactOptional(),
}) satisfies z.ZodType<PublicConnection>

const origin = z
  .string()
  .max(300)
  .refine(
    (text) => /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text,
    'Use an origin, such as https://www.acme.example: no path, no last slash.',
  )

const claim = z.string().max(200)

/** {@link PublicSettings}: strict, so that nothing secret can ever be saved with a project. */
export const publicSettings = z.strictObject({
  connections: z.partialRecord(z.enum(environments), publicConnection),
  origins: z
    .record(origin, z.enum(environments))
    .refine((origins) => Object.keys(origins).length <= 50, 'Name at most 50 origins.')
    .exactOptional(),
  storage: z.enum(['memory', 'localstorage']).exactOptional(),
  revokeOnLogout: z.boolean().exactOptional(),
  multiResource: z.boolean().exactOptional(),
  dpop: z.boolean().exactOptional(),
  rolesClaim: claim.exactOptional(),
  permissionsClaim: claim.exactOptional(),
  loginPage: z.exactOptional(pageReference),
  deniedPage: z.exactOptional(pageReference),
}) satisfies z.ZodType<PublicSettings>
