import * as z from 'zod/mini'
import { isLoopback, toDomain } from '../domain.ts'
import { environments } from '../environments.ts'
import type { PublicConnection, PublicSettings } from '../settings.ts'
import { reservedParameters } from '../login-parameters.ts'
import { pageReference } from './page-reference.ts'

/** A {@link PublicConnection}; its domain becomes part of the site's Content Security Policy. */
export const publicConnection = z.strictObject({
  domain: z.string().check(
    z.maxLength(253),
    z.refine(
      (domain) => toDomain(domain) === domain || isLoopback(domain),
      'Use a domain, such as t.eu.auth0.com.',
    ),
  ),
  clientId: z.string().check(z.maxLength(200)),
  audience: z.exactOptional(z.string().check(z.maxLength(500))),
  organization: z.exactOptional(z.string().check(z.maxLength(200))),
}) satisfies z.ZodMiniType<PublicConnection>

const origin = z.string().check(
  z.maxLength(300),
  z.refine(
    (text) => /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text,
    'Use an origin, such as https://www.acme.example: no path, no last slash.',
  ),
)

const claim = z.string().check(z.maxLength(200))

/**
 * {@link PublicSettings}: strict, so that nothing secret can ever be saved with a project. In `zod/mini`, since a page
 * whose settings are written by hand checks them in a visitor’s browser.
 */
export const publicSettings = z.strictObject({
  connections: z.partialRecord(z.enum(environments), publicConnection),
  origins: z.exactOptional(
    z
      .record(origin, z.enum(environments))
      .check(z.refine((origins) => Object.keys(origins).length <= 50, 'Name at most 50 origins.')),
  ),
  storage: z.exactOptional(z.enum(['memory', 'localstorage'])),
  revokeOnLogout: z.exactOptional(z.boolean()),
  multiResource: z.exactOptional(z.boolean()),
  dpop: z.exactOptional(z.boolean()),
  authorizationParams: z.exactOptional(
    z
      .record(z.string().check(z.maxLength(100)), z.string().check(z.maxLength(2000)))
      .check(
        z.refine(
          (parameters) => !Object.keys(parameters).some((name) => reservedParameters.includes(name)),
          'A login makes parameters such as state and redirect_uri itself: leave them out.',
        ),
      ),
  ),
  rolesClaim: z.exactOptional(claim),
  permissionsClaim: z.exactOptional(claim),
  loginPage: z.exactOptional(pageReference),
  deniedPage: z.exactOptional(pageReference),
}) satisfies z.ZodMiniType<PublicSettings>
