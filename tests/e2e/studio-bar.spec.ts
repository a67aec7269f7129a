import { expect, test } from '@playwright/test'
import { addStepOnClick } from './support/builder.ts'
import { startLowgate, type Lowgate } from './support/lowgate.ts'

let lowgate: Lowgate

test.beforeAll(async () => {
  lowgate = await startLowgate()
})

test.afterAll(() => lowgate.stop())

test('keeps the controls of its bar apart at every width, with problems to show', async ({ page }) => {
  await page.goto(lowgate.studio)
  await addStepOnClick(page, 'Button: Log in', 'Login with Redirect')
  const bar = page.getByRole('banner')
  await expect(bar.getByRole('button', { name: /^\d problems?$/ })).toBeVisible()
  for (const width of [1440, 1101, 1024, 768, 390]) {
    await page.setViewportSize({ width, height: 800 })
    const controls = await bar.locator('a, button').all()
    const boxes = await Promise.all(controls.map((control) => control.boundingBox()))
    const overlaps = boxes.flatMap((a, at) =>
      boxes.slice(at + 1).filter((b) => {
        if (!a || !b) return false
        const apart = a.x + a.width <= b.x + 0.5 || b.x + b.width <= a.x + 0.5
        return !apart && a.y < b.y + b.height && b.y < a.y + a.height
      }),
    )
    expect(overlaps, `${width} px`).toEqual([])
    expect(boxes.length).toBeGreaterThan(6)
  }
})
