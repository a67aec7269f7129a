import { z } from 'zod'
import { severities } from '../trouble.ts'
import { choices, credentials, exactName, exactText } from './schemas.ts'

const address = z.url({ protocol: /^https?$/ }).max(2000)
const name = exactName.max(500)

/** Addresses that a site of the project hands to Auth0, exactly as it will send them; one with several landings has an entry for each. */
export const siteUse = z.strictObject({
  callback: address.describe('Where Auth0 returns to after login.'),
  logout: address.describe('Where Auth0 returns to after logout.'),
  webOrigin: address.describe('The origin that asks silently and by popup, without a last slash.'),
  initiateLogin: address.optional().describe('Where Auth0 may start a login, such as from an e-mail.'),
})

export type SiteUse = z.input<typeof siteUse>

/** What the project asks of the tenant: gathered from its actions, guards and settings. */
export const projectUse = z.strictObject({
  sites: z.array(siteUse).min(1).max(100),
  /** Scopes of the API, as the actions and settings ask for them. */
  scopes: z.array(name).max(200).default([]),
  audiences: z.array(name).max(50).default([]),
  /** Of these, the ones that tokens are asked for without a login or _Ask for more access_ that names them. */
  silentAudiences: z.array(name).max(50).default([]),
  /** Whether an action asks for an access token without naming an API. */
  asksForOwnToken: z.boolean().default(false),
  /** Whether refresh tokens are expected to work for several APIs. */
  multiResource: z.boolean().default(false),
  /** Names or ids that actions send. */
  organizations: z.array(name).max(100).default([]),
  /** Names of identity providers (Auth0 connections) that actions send. */
  identityProviders: z.array(name).max(100).default([]),
  storage: z.enum(['memory', 'localstorage']).default('memory'),
  rolesClaim: name.optional(),
})

export type ProjectUse = z.input<typeof projectUse>

const unsaved = {
  credentials: credentials
    .optional()
    .describe('Credentials that are not saved yet; absent for the saved ones.'),
  choices: z
    .strictObject(choices)
    .optional()
    .describe('Application, audience and so on that are not saved yet; absent for the saved ones.'),
}

export const healthCheckRequest = z.strictObject({ ...unsaved, use: projectUse })

/** The lists of an application that a fix may add to. */
export const fixFields = ['callbacks', 'allowedLogoutUrls', 'webOrigins', 'grantTypes'] as const

export type FixField = (typeof fixFields)[number]

export const fix = z.strictObject({
  field: z.enum(fixFields),
  add: z.array(exactText.min(1).max(2000)).min(1).max(100),
})

export type Fix = z.input<typeof fix>

export const finding = z.object({
  code: z.string().describe('Of the check that found it, such as `callback-missing`.'),
  severity: z.enum(severities),
  title: z.string().describe('What is wrong.'),
  why: z.string().describe('How it hurts the visitor.'),
  where: z.string().describe('Where to click, such as `Auth0 › Applications › Shop › Settings`.'),
  owner: z.enum(['builder', 'tenant administrator']).describe('Who can change it there.'),
  value: z.string().optional().describe('The exact string to copy there.'),
  fix: fix.optional().describe('What the proxy can add by itself, given `update:clients`.'),
})

/** A {@link Trouble} between a project and its tenant, with the place to click and, where it can be done, the fix. */
export type Finding = z.input<typeof finding>

export const healthReport = z.object({
  findings: z.array(finding).describe('The worst first.'),
  checks: z
    .array(
      z.object({
        code: z.string(),
        title: z.string().describe('What was looked at.'),
        outcome: z.enum(['passed', 'found', 'not-checked']),
        reason: z.string().optional().describe('Why it was not checked, such as a scope that is missing.'),
      }),
    )
    .describe('Every check, so that a clean report says what it is clean of.'),
  checkedAt: z.iso.datetime(),
})

export type HealthReport = z.input<typeof healthReport>

export const fixRequest = z.strictObject({
  ...unsaved,
  fixes: z.array(fix).min(1).max(10),
  apply: z.boolean().default(false).describe('false: show what would change. true: change it.'),
})

export const fixReport = z.object({
  clientId: z.string(),
  applicationName: z.string(),
  changes: z
    .array(z.object({ field: z.enum(fixFields), before: z.array(z.string()), added: z.array(z.string()) }))
    .describe('Read afresh from the tenant; empty when there is nothing left to add.'),
  applied: z.boolean(),
})

export type FixReport = z.input<typeof fixReport>
