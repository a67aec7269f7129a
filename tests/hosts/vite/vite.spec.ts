import { join } from 'node:path'
import { hostTest, logInAndOut } from '../support/host-test.ts'
import { casesFor } from '../support/kit.ts'

const vite = {
  app: join(import.meta.dirname, 'app'),
  build: 'vite build',
  serve: (port: number) => `vite preview --strictPort --port ${port}`,
}
const router4 = hostTest({
  ...vite,
  name: 'vite-router-4',
  versions: { 'vue-router': '4.6.5', pinia: '3.0.4' },
})
const router5 = hostTest({
  ...vite,
  name: 'vite-router-5',
  versions: { 'vue-router': '5.5.1', pinia: '4.1.0' },
})

for (const { title, run } of casesFor({ isPrivateFile: (address) => address.includes('/Private-') }))
  router4(`Vite with Vue Router 4 and Pinia 3: ${title}`, run)

router5('a visitor of a Vite app with Vue Router 5 and Pinia 4 logs in, stays so, and logs out', logInAndOut)
