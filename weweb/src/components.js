/** What WeWeb's editor shows of the plugin, as components of the editor's own Vue. */
import { h, resolveComponent } from 'vue'
import { actionDefinitions, actionForm, isComplete } from './lib/editor.js'

export { isComplete }

/** As `import()` of a module answers it. */
const toModule = (component) => () =>
  Promise.resolve({ __esModule: true, default: component, [Symbol.toStringTag]: 'Module' })

const toOptions = (pages) => pages.map(({ id, name }) => ({ value: id, label: name ?? id }))

/** WeWeb does not tell a form which action it is for, so each has one of its own. */
const createActionForm = (code) => ({
  props: { plugin: { type: Object }, args: { type: Object, default: () => ({}) } },
  emits: ['update:args'],
  render() {
    const Row = resolveComponent('wwEditorInputRow')
    const { basic, advanced } = actionForm(code, this.args, toOptions(wwLib.wwWebsiteData.getPages()))
    const toRow = ({ name, ...row }) =>
      h(Row, {
        key: name,
        ...row,
        'onUpdate:modelValue': (value) => this.$emit('update:args', { ...this.args, [name]: value }),
      })
    return h('div', [
      ...basic.map(toRow),
      advanced.length ? h('details', [h('summary', 'Advanced'), ...advanced.map(toRow)]) : undefined,
    ])
  },
})

export const actionForms = Object.fromEntries(
  actionDefinitions.map(({ code }) => [code, toModule(createActionForm(code))]),
)

export const settingsPanels = []
