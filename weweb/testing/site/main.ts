import plugin from 'weweb-plugin/src/wwPlugin.js'
import config from 'weweb-plugin/ww-config.js'
import { createApp } from 'vue'
import App from './App.vue'
import { createWorld } from './world.ts'

const { design } = window
const world = createWorld(design, plugin, config)

async function start() {
  const app = createApp(App)
  if (design.prerendered) {
    world.install()
    app.use(world.router)
    await world.router.isReady()
    app.mount('#app')
    world.registerPlugin()
    const element = document.getElementById('app')
    if (element) await world.activate(element)
    return
  }
  // Plugins start first, and synchronously.
  world.registerPlugin()
  world.install()
  app.use(world.router)
  await world.router.isReady()
  app.mount('#app')
}

void start()
