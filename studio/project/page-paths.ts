import type { Page } from './schema.ts'

const toPattern = (path: string): RegExp =>
  new RegExp(`^${path.replace(/:[A-Za-z0-9]+/g, '[^/]+').replace(/\/$/, '')}/?$`)

/** The page that an address under the base path shows, such as `/orders/7`. */
export const pageAt = <P extends Pick<Page, 'path'>>(pages: readonly P[], path: string): P | undefined =>
  pages.find((page) => page.path === path) ?? pages.find((page) => toPattern(page.path).test(path))

export const hasParameters = (path: string): boolean => path.includes('/:')

/** The same for two paths that no address can tell apart: `/orders/:id` and `/orders/:number`. */
export const shapeOf = (path: string): string => path.replace(/:[A-Za-z0-9]+/g, ':')
