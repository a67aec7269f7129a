/** The plugin's folder, as the test's build names it. */
declare module 'weweb-plugin/src/wwPlugin.js' {
  import type { WewebPlugin } from 'lowgate/weweb'
  const plugin: WewebPlugin
  export default plugin
}

declare module 'weweb-plugin/ww-config.js' {
  const config: { variables: { name: string; defaultValue: unknown }[] }
  export default config
}
