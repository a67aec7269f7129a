import { LowgateError, type EditorHost, type PublicSettings } from '../contract/index.ts'

/** Settings to change; those that are `undefined` are dropped. */
export type SettingsChange = { [K in keyof PublicSettings]?: PublicSettings[K] | undefined }

/** Hands changed settings to the host. @throws `host/settings-not-saved` */
export async function saveSettings(host: EditorHost, change: SettingsChange): Promise<void> {
  const changed = Object.entries({ ...host.settings, ...change })
  const settings = Object.fromEntries(changed.filter(([, value]) => value !== undefined))
  try {
    await host.saveSettings(settings as unknown as PublicSettings)
  } catch (cause) {
    throw new LowgateError('host/settings-not-saved', { cause })
  }
}
