import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [vue()],
  envPrefix: 'AUTH0_',
  resolve: { alias: { 'weweb-plugin': fileURLToPath(new URL('plugin', import.meta.url)) } },
})
