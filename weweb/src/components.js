/** What WeWeb's editor shows of the plugin, as components of the editor's own Vue. */
import { h, resolveComponent } from 'vue'
import { actionDefinitions, actionForm, isComplete, mountPanel, mountPicker } from './lib/editor.js'

export { isComplete }

/** As `import()` of a module answers it. */
const toModule = (component) => () =>
  Promise.resolve({ __esModule: true, default: component, [Symbol.toStringTag]: 'Module' })

const toOptions = (pages) => pages.map(({ id, name }) => ({ value: id, label: name ?? id }))

/** An island below a row, with what its value may be chosen from. */
const TenantList = {
  props: ['plugin', 'list', 'label', 'modelValue'],
  emits: ['update:modelValue'],
  mounted() {
    const choose = (value) => this.$emit('update:modelValue', value)
    const { list, label } = this
    const settings = plain(this.plugin?.settings ?? {})
    this.island = mountPicker({ list, label, settings }, this.$el, this.modelValue, choose)
  },
  unmounted() {
    this.island.close()
  },
  watch: {
    modelValue(value) {
      this.island.update(value)
    },
  },
  render: () => h('div'),
}

/** WeWeb does not tell a form which action it is for, so each has one of its own. */
const createActionForm = (code) => ({
  props: { plugin: { type: Object }, args: { type: Object, default: () => ({}) } },
  emits: ['update:args'],
  render() {
    const Row = resolveComponent('wwEditorInputRow')
    const { basic, advanced } = actionForm(code, this.args, toOptions(wwLib.wwWebsiteData.getPages()))
    const toRows = ({ row: { name, ...row }, list }) => {
      const value = {
        modelValue: row.modelValue,
        'onUpdate:modelValue': (value) => this.$emit('update:args', { ...this.args, [name]: value }),
      }
      const { plugin } = this
      const label = `From the tenant: ${row.label}`
      return [
        h(Row, { key: name, ...row, ...value }),
        list && h(TenantList, { key: `${name}-list`, plugin, list, label, ...value }),
      ]
    }
    return h('div', [
      ...basic.flatMap(toRows),
      advanced.length ? h('details', [h('summary', 'Advanced'), ...advanced.flatMap(toRows)]) : undefined,
    ])
  },
})

export const actionForms = Object.fromEntries(
  actionDefinitions.map(({ code }) => [code, toModule(createActionForm(code))]),
)

/** An island in the editor: the panel has a Vue of its own. */
const createPanel = (name) => ({
  props: { plugin: { type: Object }, settings: { type: Object, default: () => ({}) } },
  emits: ['update:settings'],
  mounted() {
    const save = (settings) => this.$emit('update:settings', settings)
    this.island = mountPanel(name, this.$el, plain(this.settings), save)
  },
  unmounted() {
    this.island.close()
  },
  watch: {
    settings: {
      deep: true,
      handler(settings) {
        this.island.update(plain(settings))
      },
    },
  },
  render: () => h('div'),
})

/** Free of the editor's own reactivity. */
const plain = (settings) => JSON.parse(JSON.stringify(settings))

const describeConnections = ({ publicData }) =>
  Object.entries(publicData?.settings?.connections ?? {})
    .map(([environment, { domain }]) => `${environment}: ${domain}`)
    .join(', ') || 'Not connected yet'

const describeSites = ({ publicData }) =>
  Object.values(publicData?.sites ?? {})
    .map(({ origin }) => origin)
    .join(', ') || 'No address yet'

const describeAccess = ({ publicData }) =>
  `${Object.values(publicData?.access ?? {}).filter((rule) => rule !== 'everyone').length} page rules`

const createSummary = (describe) => ({
  props: { settings: { type: Object, default: () => ({}) } },
  render() {
    return h('span', describe(this.settings))
  },
})

const toSetting = (label, name, icon, describe, getIsValid = () => true) => ({
  label,
  icon,
  edit: toModule(createPanel(name)),
  summary: toModule(createSummary(describe)),
  getIsValid,
})

export const settingsPanels = [
  toSetting('Connections', 'connections', 'data', describeConnections, ({ publicData }) =>
    Boolean(Object.keys(publicData?.settings?.connections ?? {}).length),
  ),
  toSetting('Site', 'site', 'advanced', describeSites),
  toSetting('Access', 'access', 'lock', describeAccess),
]
