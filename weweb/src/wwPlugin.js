/* wwFront:start */
import { createWewebPlugin } from './lib/front.js'
/* wwFront:end */
/* wwEditor:start */
import { plugin as editorPlugin } from './lib/editor.js'
/* wwEditor:end */

/* wwFront:start */
const sitePlugin = createWewebPlugin({
  loadRuntime: () => import('./lib/runtime.js'),
  loadActions: () => import('./lib/actions.js'),
})
/* wwFront:end */

export default {
  /* wwFront:start */
  ...sitePlugin,
  /* wwFront:end */
  /* wwEditor:start */
  ...editorPlugin,
  /* wwEditor:end */
}
