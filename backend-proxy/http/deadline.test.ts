import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { proxyError } from '../errors.ts'
import { withDeadline } from './deadline.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const tooLate = () => proxyError('proxy/timeout')

describe('work with a deadline', () => {
  it('answers what it makes in time, and is told nothing afterwards', async () => {
    let given: AbortSignal | undefined
    const work = (signal: AbortSignal) => {
      given = signal
      return Promise.resolve('done')
    }
    expect(await withDeadline(10, tooLate, work)).toBe('done')
    expect(vi.getTimerCount()).toBe(0)
    expect(given?.aborted).toBe(false)
  })

  it('is given up when it takes longer, and told so by the same error', async () => {
    let given: AbortSignal | undefined
    const never = (signal: AbortSignal) => {
      given = signal
      return new Promise<never>(() => undefined)
    }
    const answer = withDeadline(10, tooLate, never).catch((thrown: unknown) => thrown)
    await vi.advanceTimersByTimeAsync(9)
    expect(given?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    const error = await answer
    expect(error).toMatchObject({ code: 'proxy/timeout' })
    expect(given?.aborted).toBe(true)
    expect(given?.reason).toBe(error)
  })

  it('fails as the work fails', async () => {
    const failing = () => Promise.reject(new Error('down'))
    await expect(withDeadline(1_000, tooLate, failing)).rejects.toThrow('down')
    expect(vi.getTimerCount()).toBe(0)
  })
})
