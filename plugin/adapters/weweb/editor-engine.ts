import { startEngine } from '../../session/engine.ts'
import type { EngineContext } from '../../session/types.ts'
import type { RouterEngine } from '../vue/router-engine.ts'
import type { WewebPublicData } from './public-data.ts'

/** The session's engine in WeWeb's editor, which shows a page under its id, and where nothing is guarded. */
export function startEditorEngine(
  context: Omit<EngineContext, 'host'>,
  { landingPageId }: WewebPublicData,
): RouterEngine {
  const toAddress = (pageId: string) => `/${pageId}`
  const engine = startEngine({
    ...context,
    host: {
      basePath: '/',
      landing: () => toAddress(landingPageId ?? wwLib.wwWebsiteData.getInfo().homePageId),
      pageAddress: ({ pageId }) => toAddress(pageId),
      navigate: async (address) => wwLib.wwApp.goTo(address.slice(1)),
    },
  })
  return { ...engine, guard: async () => true }
}
