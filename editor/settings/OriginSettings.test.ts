// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { mountPanel } from '../testing/mount-panel.ts'
import { createTestHost } from '../testing/test-host.ts'
import OriginSettings from './OriginSettings.vue'

enableAutoUnmount(afterEach)

function open() {
  const host = createTestHost('')
  const panel = mountPanel(OriginSettings, { host })
  const add = async (address: string) => {
    await panel.type('Address of a site', address)
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  }
  return { host, add, ...panel }
}

describe('the addresses of other sites', () => {
  it('are kept as origins, and the setting is dropped with the last one', async () => {
    const panel = open()
    await panel.add('https://www.Acme.example/shop?a=b')
    await panel.until(() => panel.host.settings.origins)
    expect(panel.host.settings.origins).toEqual({ 'https://www.acme.example': 'production' })
    await panel.click('Remove https://www.acme.example')
    await panel.until(() => !('origins' in panel.host.settings))
  })

  it.each(['www.acme.example', 'https://', 'ftp://acme.example', 'javascript:alert(1)'])(
    'are refused where visitors cannot come from: %s',
    async (address) => {
      const panel = open()
      await panel.add(address)
      await panel.until(() => panel.under('Address of a site')?.includes('Start with https://'))
      expect(panel.host.settings.origins).toBeUndefined()
    },
  )
})
