import type { ErrorCode } from '../../../contract/index.ts'

/**
 * Throws what stands for `new LowgateError('host/not-installed')`. That class brings every error's text along, which
 * no visitor should download for a mistake that only a developer can make.
 */
export function notInstalled(): never {
  throw Object.assign(
    new Error('Lowgate is not installed in this app. Use createLowgate() before mounting it.'),
    {
      code: 'host/not-installed' satisfies ErrorCode,
    },
  )
}
