import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  help: string
  nodes: { html: string; failureSummary?: string }[]
}

/**
 * Holds what is on the screen now to WCAG 2.2 AA and axe's best practices, and to the width of its window.
 *
 * @param without Rules of axe that cannot hold here.
 * @param except Selectors of what another test looks after.
 */
export async function expectAccessible(
  page: Page,
  where: string,
  { without = [] as string[], except = [] as string[] } = {},
) {
  await page.evaluate(axe)
  // What is still appearing has no final colours yet.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => 0))),
  )
  const violations = await page.evaluate(
    async ({ without, except }) => {
      const { run } = (
        window as unknown as {
          axe: { run(where: object, how: object): Promise<{ violations: Violation[] }> }
        }
      ).axe
      const rules = Object.fromEntries(without.map((id) => [id, { enabled: false }]))
      return (await run(except.length ? { exclude: except } : document, { rules })).violations
    },
    { without, except },
  )
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html}\n  ${failureSummary ?? ''}`),
  )
  expect(found.join('\n\n'), where).toBe('')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, `${where}: pixels wider than the window`).toBeLessThanOrEqual(0)
}
