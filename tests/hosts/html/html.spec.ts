import { join } from 'node:path'
import { hostTest } from '../support/host-test.ts'
import { casesFor } from '../support/kit.ts'

const test = hostTest({
  name: 'html',
  app: join(import.meta.dirname, 'app'),
  build: 'node build.js',
  serve: (port) => `sirv public --quiet --port ${port}`,
  landings: { callback: '/', loggedOut: '/' },
})

const paths = { open: '/', members: '/members.html', managers: '/managers.html' }
for (const { title, run } of casesFor({ paths })) test(`plain pages: ${title}`, run)
