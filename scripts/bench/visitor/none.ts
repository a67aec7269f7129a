import { mountSite } from './site.ts'

mountSite(
  () => undefined,
  () => () => undefined,
)
