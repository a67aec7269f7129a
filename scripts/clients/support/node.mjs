// What the clients' applications share in Node.
import { createServer } from 'node:http'
import process from 'node:process'
import { explain, renderPage, runChecks } from './checks.mjs'

/** The tenant and the application as the check set them up: `ClientSettings`. */
export const settings = JSON.parse(process.env.CLIENT_SETTINGS)

/** Runs a program's checks, reports them and ends. */
export async function runProgram(checks) {
  const result = await runChecks(checks)
  process.send(result, () => process.exit(0))
}

/** Answers with the application's page, once its checks are done when there are any. */
export async function answer(response, { user, checks }) {
  const html = renderPage({ user, result: checks && (await runChecks(checks)) })
  response.setHeader('content-type', 'text/html').end(html)
}

/** Listens where the application is expected, and says so. An Express application's failures are shown on its page. */
export function listen(listener) {
  listener.use?.((error, request, response, next) =>
    response.headersSent ? next(error) : answerFailure(request, response, error),
  )
  createServer(listener).listen(Number(new URL(settings.origin).port), 'localhost', () =>
    process.send({ ready: true }),
  )
}

/** An application whose framework brings no server: what each path answers, which is a page or where to go. */
export function serve(pages) {
  listen(async (request, response) => {
    const url = new URL(request.url, settings.origin)
    try {
      const page = (await pages[url.pathname]?.({ url, request, response })) ?? {}
      if (page.location) response.writeHead(302, { location: String(page.location) }).end()
      else await answer(response, page)
    } catch (error) {
      answerFailure(request, response, error)
    }
  })
}

function answerFailure({ url }, response, error) {
  const failed = `${url.split('?')[0]}: ${explain(error)}`
  response.setHeader('content-type', 'text/html').end(renderPage({ result: { done: [], failed } }))
}
