export { startRuntime } from 'lowgate/weweb/runtime'
