import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { addStepOnClick, openStudio } from './support/builder.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'

let lowgate: Lowgate

test.beforeAll(async () => {
  lowgate = await startLowgate()
})

test.afterAll(() => lowgate.stop())

/** Looks at the bar at every width: its controls do not overlap, and are inside the window. */
async function expectControlsApart(page: Page) {
  const bar = page.getByRole('banner')
  for (const width of [1440, 1101, 1024, 768, 390]) {
    await page.setViewportSize({ width, height: 800 })
    const controls = await bar.locator('a, button, [role=status]').all()
    const boxes = await Promise.all(controls.map((control) => control.boundingBox()))
    const overlaps = boxes.flatMap((a, at) =>
      boxes.slice(at + 1).filter((b) => {
        if (!a || !b) return false
        const apart = a.x + a.width <= b.x + 0.5 || b.x + b.width <= a.x + 0.5
        return !apart && a.y < b.y + b.height && b.y < a.y + a.height
      }),
    )
    expect(overlaps, `${width} px`).toEqual([])
    expect(boxes.length).toBeGreaterThan(7)
    const name = await bar.getByText('My site').boundingBox()
    expect(name?.width, `the project’s name at ${width} px`).toBeGreaterThan(40)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow, `${width} px`).toBeLessThanOrEqual(0)
  }
}

test('keeps the controls of its bar apart at every width, with many problems and an unsaved change to show', async ({
  page,
}) => {
  await openStudio(page, lowgate)
  for (let step = 0; step < 12; step++)
    await addStepOnClick(page, 'Button: Log in', step ? 'Go to page' : 'Login with Redirect')
  await expect(page.getByRole('banner').getByRole('button', { name: /^\d\d problems$/ })).toBeVisible()
  await expectControlsApart(page)

  await page.context().setOffline(true)
  await page.setViewportSize({ width: 1440, height: 800 })
  await addStepOnClick(page, 'Button: Log in', 'Get user')
  await expect(page.getByRole('status').filter({ hasText: 'Not saved' })).toBeVisible()
  await expectControlsApart(page)
})

test('scrolls through more pages than a list has room for', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 400 })
  await openStudio(page, lowgate)
  for (let added = 0; added < 12; added++) await page.getByRole('button', { name: 'Add page' }).click()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('combobox', { name: 'Home page' }).click()
  const last = page.getByRole('option').last()
  await expect(last).not.toBeInViewport()
  await page.getByRole('option').first().hover()
  await page.mouse.wheel(0, 2000)
  await expect(last).toBeInViewport()
})

test('leads back to the projects from one that is not there, accessibly', async ({ page }) => {
  await openStudio(page, lowgate, '/projects/nothing-here/pages')
  await expect(page.getByText('There is no such project.')).toBeVisible()
  await expectAccessible(page, 'a project that is not there')
  await page.getByRole('button', { name: 'All projects' }).click()
  await expect(page.getByRole('heading', { name: 'Projects', exact: true })).toBeVisible()
})
