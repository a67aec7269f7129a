/**
 * The Vue panels that a host mounts in its editor, and the kit they are built with. Each panel brings its own
 * {@link LgRoot}; wrap screens of the host's own that use the kit in one.
 *
 * @module
 */
export { default as AccessPanel, type AccessPanelProps } from './access/AccessPanel.vue'
export { describeAccess } from './access/describe-access.ts'
export { default as PageAccess, type PageAccessProps } from './access/PageAccess.vue'
export { default as ActionForm, type ActionFormProps } from './action-form/ActionForm.vue'
export type { BindingSuggestion } from './action-form/ActionField.vue'
export { default as TenantPicker, type TenantPickerProps } from './form/TenantPicker.vue'
export { default as ConnectionPanel, type ConnectionPanelProps } from './connection/ConnectionPanel.vue'
export { default as HealthCheck, type HealthCheckProps } from './health/HealthCheck.vue'
export { useHealthCheck, type Health } from './health/use-health-check.ts'
export { default as LoginPreflight, type LoginPreflightProps } from './preflight/LoginPreflight.vue'
export { ProxyError } from 'lowgate/contract/proxy-api'
export * from './ui/index.ts'
