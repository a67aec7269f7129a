// What the clients' applications share, in Node and in the browser.

/**
 * Runs named checks one after the other, up to the first that throws.
 *
 * @param {Record<string, () => unknown>} checks named as the table tells what was done: "refreshes a token"
 * @returns {Promise<{ done: string[], failed?: string }>}
 */
export async function runChecks(checks) {
  const done = []
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check()
    } catch (error) {
      return { done, failed: `${name}: ${explain(error)}` }
    }
    done.push(name)
  }
  return { done }
}

/** @returns {string} the message, with those of what caused it and of what the server answered */
export function explain(error) {
  if (!(error instanceof Error)) return JSON.stringify(error)
  const { message, cause, error: code, error_description: description } = error
  return [message, code, description, cause && explain(cause)].filter(Boolean).join(' – ')
}

/** @throws unless both are the same as JSON */
export function expectEqual(actual, expected) {
  const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value))
  if (found !== wanted) throw new Error(`expected ${wanted}, got ${found}`)
}

/** @returns {Record<string, unknown>} the claims of a token, unverified */
export function claimsOf(token) {
  return JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')))
}

/** @throws unless the token is for the demo's API, with the permissions of its user */
export function expectApiToken(token) {
  const { aud, permissions } = claimsOf(token)
  expectEqual([].concat(aud).includes('https://api.acme.example'), true)
  expectEqual([...permissions].sort(), ['read:orders', 'write:orders'])
}

/** The page on which the browser works every application: who is logged in, three links, what was checked. */
export function renderPage({ user, result = { done: [] } }) {
  const text = (value) => String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const status = result.failed ? `failed: ${result.failed}` : (user ?? 'nobody')
  return `<p role="status">${text(status)}</p>
    <a href="/login">Log in</a> <a href="/check">Check</a> <a href="/logout">Log out</a>
    <ul>${result.done.map((name) => `<li>${text(name)}</li>`).join('')}</ul>`
}
