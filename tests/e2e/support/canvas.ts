import { expect, type Locator, type Page } from '@playwright/test'

const canvas = (page: Page) => page.getByRole('main', { name: 'Canvas' })

export const blocksOn = (page: Page) => canvas(page).getByRole('list', { name: 'Blocks' })

export const block = (page: Page, name: string): Locator =>
  canvas(page).getByRole('button', { name, exact: true })

/** Drags a block out of the palette on to the page, or behind `target`. */
export async function dragBlock(page: Page, kind: string, target?: Locator) {
  const box = await target?.boundingBox()
  await page.getByRole('tab', { name: 'Blocks' }).click()
  await page
    .getByRole('button', { name: `Add ${kind}`, exact: true })
    .dragTo(
      target ?? canvas(page).getByRole('article'),
      box ? { targetPosition: { x: box.width / 2, y: box.height - 8 } } : {},
    )
}

/** Drags a step out of the palette into the workflow that the side panel shows. */
export async function dragStep(page: Page, name: string) {
  await page.getByRole('tab', { name: 'Steps' }).click()
  await page
    .getByRole('button', { name: `Add ${name}`, exact: true })
    .dragTo(page.getByText('Nothing happens yet.'))
}

/** Fills in the fields of the chosen block. */
export async function fillBlock(page: Page, fields: Record<string, string>) {
  const panel = page.getByRole('complementary', { name: 'Settings' })
  for (const [label, value] of Object.entries(fields))
    await panel.getByRole('textbox', { name: label, exact: true }).fill(value)
}

/** Picks an option of a select by its words. */
export async function choose(page: Page, label: string, option: string | RegExp) {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Adds a page, names it and gives it a path. */
export async function addPage(page: Page, name: string, path: string) {
  await page.getByRole('button', { name: 'Add page' }).click()
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveValue(/new-page/)
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('textbox', { name: 'Path' }).fill(path)
}

export async function openPage(page: Page, name: string) {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click()
}
