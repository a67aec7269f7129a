import type { interactionPolicy as policies, KoaContextWithOIDC } from 'oidc-provider'
import { oidcProvider } from '../oidc/library.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { isDatabase } from '../tenant/connections.ts'
import { isUnverifiable } from '../oidc/callback-urls.ts'
import type { LoginResult } from './login-result.ts'
import { organizationIdOf, organizationPrompt } from './requested-organization.ts'
import { admit, grantOf, lacksSecondFactor, redirectOf } from './admission.ts'

const { Check, Prompt } = oidcProvider.interactionPolicy

const pages: Record<string, string> = {
  organization: '/u/organization',
  'organization-picker': '/u/organization-picker',
  mfa: '/u/mfa-otp-challenge',
  confirmation: '/u/confirmation',
}

/** Where a request stops at a page, in Auth0's order, and what `prompt=none` answers there instead. */
export function interactionPolicy(tenant: Tenant): policies.Prompt[] {
  const clientOf = (ctx: KoaContextWithOIDC) => tenant.directory.clients.get(ctx.oidc.client?.clientId ?? '')
  const asksFor = (ctx: KoaContextWithOIDC, when: 'before-login' | 'after-login') =>
    organizationPrompt(clientOf(ctx)) === when && !organizationIdOf(tenant, ctx)

  const login = oidcProvider.interactionPolicy.base().get('login')
  if (!login) throw new Error('oidc-provider has no login prompt.')
  for (const check of login.checks) check.description = 'Login required'

  return [
    new Prompt(
      { name: 'organization' },
      new Check('organization', 'Interaction required', 'interaction_required', (ctx) =>
        asksFor(ctx, 'before-login'),
      ),
    ),
    login,
    new Prompt(
      { name: 'organization-picker' },
      new Check('picker', 'Interaction required', 'interaction_required', (ctx) =>
        asksFor(ctx, 'after-login'),
      ),
    ),
    step('admission', (ctx) => admit(tenant, ctx)),
    new Prompt(
      { name: 'redirect' },
      new Check(
        'redirect',
        'Interaction required',
        'interaction_required',
        (ctx) => redirectOf(tenant, ctx) !== undefined,
      ),
    ),
    new Prompt(
      { name: 'mfa' },
      new Check('mfa', 'Multifactor authentication required', 'mfa_required', (ctx) =>
        lacksSecondFactor(tenant, ctx),
      ),
    ),
    new Prompt(
      { name: 'confirmation' },
      new Check('confirmation', 'Interaction required', 'interaction_required', (ctx) => {
        const result = ctx.oidc.result as LoginResult | undefined
        const skipped =
          clientOf(ctx)?.skip_non_verifiable_callback_uri_confirmation_prompt ??
          tenant.directory.settings.skip_non_verifiable_callback_uri_confirmation_prompt ??
          true
        return !skipped && !result && isUnverifiable(String(ctx.oidc.params?.redirect_uri))
      }),
    ),
  ]
}

/** Acts at this point of the order and asks for no page. What it throws returns to the application. */
function step(name: string, act: (ctx: KoaContextWithOIDC) => Promise<void>): policies.Prompt {
  const check = new Check(name, '', async (ctx) => {
    await act(ctx)
    return Check.NO_NEED_TO_PROMPT
  })
  return new Prompt({ name }, check)
}

/** The page of an interaction. `state` names the pending request, as in Auth0's own URLs. */
export function interactionUrl(
  tenant: Tenant,
  ctx: KoaContextWithOIDC,
  { uid, prompt, params }: { uid: string; prompt: { name: string }; params: Record<string, unknown> },
): string {
  const run = grantOf(tenant, ctx)?.run
  if (run) tenant.pausedRuns.set(uid, run)
  const elsewhere = redirectOf(tenant, ctx)
  if (elsewhere) {
    const url = new URL(elsewhere)
    url.searchParams.set('state', uid)
    return url.href
  }
  const page = pages[prompt.name] ?? loginPage(tenant, params)
  return `${page}?state=${uid}`
}

function loginPage(tenant: Tenant, params: Record<string, unknown>): string {
  const named = tenant.directory.connections.named(String(params.connection))
  if (named && !isDatabase(named)) return '/u/connection'
  return params.screen_hint === 'signup' || params.invitation ? '/u/signup' : '/u/login'
}
