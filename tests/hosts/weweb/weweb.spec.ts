import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { buildWeweb } from '../../../scripts/build-weweb.mjs'
import { root } from '../../../scripts/set-up.mjs'
import { publish } from '../../../weweb/testing/build-site.ts'
import { hostTest } from '../support/host-test.ts'
import { casesFor } from '../support/kit.ts'

const fakeSite = join(root, 'weweb/testing/site')

/** Its page is the app's own, around the `wwLib` and the start of the fake site; the plugin is compiled by the site. */
const weweb = hostTest({
  name: 'weweb',
  app: join(import.meta.dirname, 'app'),
  async addFiles(folder) {
    await buildWeweb(join(folder, 'built'))
    await publish(join(folder, 'built'), join(folder, 'plugin'))
    for (const file of ['App.vue', 'design.ts', 'main.ts', 'world.ts'])
      await cp(join(fakeSite, file), join(folder, file))
  },
  build: 'vite build',
  serve: (port) => `vite preview --strictPort --port ${port}`,
  landings: { callback: '/', loggedOut: '/' },
})

const paths = { open: '/', members: '/members/', managers: '/managers/' }
const isPrivateFile = (address: string) => /\/data\/(members|managers)/.test(address)
for (const { title, run } of casesFor({ paths, isPrivateFile })) weweb(`WeWeb: ${title}`, run)
