import { auth0 } from '../../lib/auth0.mjs'
import { expectApiToken, expectEqual, renderPage, runChecks } from '../../support/checks.mjs'

export async function GET() {
  const { user } = await auth0.getSession()
  const result = await runChecks({
    'gets a token for an API': async () => expectApiToken((await auth0.getAccessToken()).token),
    async 'refreshes it'() {
      const { token: before } = await auth0.getAccessToken()
      const { token: after } = await auth0.getAccessToken({ refresh: true })
      expectEqual(before === after, false)
      expectApiToken(after)
    },
    'reads the profile': () => expectEqual([user.name, user.nickname], ['Ada Byron', 'ada']),
  })
  return new Response(renderPage({ user: user.email, result }), { headers: { 'content-type': 'text/html' } })
}
