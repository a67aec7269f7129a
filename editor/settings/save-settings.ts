import { LowgateError, type EditorHost, type PublicSettings } from 'lowgate/contract'

/** Settings to change; those that are `undefined` are dropped. */
export type SettingsChange = { [K in keyof PublicSettings]?: PublicSettings[K] | undefined }

/** Hands changed settings to the host. @throws `host/settings-not-saved` */
export async function saveSettings(host: EditorHost, change: SettingsChange): Promise<void> {
  const settings = Object.assign({ ...host.settings }, change)
  for (const [name, value] of Object.entries(change))
    if (value === undefined) Reflect.deleteProperty(settings, name)
  try {
    await host.saveSettings(settings)
  } catch (cause) {
    throw new LowgateError('host/settings-not-saved', { cause })
  }
}
