import { createElement } from 'react'
import { auth0 } from '../lib/auth0.mjs'
import { renderPage } from '../support/checks.mjs'

export default async function Page() {
  const session = await auth0.getSession()
  const __html = renderPage({ user: session?.user.email })
  return createElement('main', { dangerouslySetInnerHTML: { __html } })
}
