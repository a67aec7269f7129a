import { test } from '@playwright/test'
import { ensurePacked } from '../../../scripts/set-up.mjs'

test('what customers install is packed', () => {
  // Types and four packages, on a machine that is busy with other tests.
  test.setTimeout(180_000)
  ensurePacked()
})
