import { describe, expect, it } from 'vitest'
import { shareWhileGood } from './share-while-good.ts'

/** Counts what is asked for; each answer is its number. */
function counted(isGood: (value: number) => boolean = () => true) {
  let asked = 0
  const shared = shareWhileGood(() => Promise.resolve((asked += 1)), isGood)
  return { ...shared, asked: () => asked }
}

describe('a shared value', () => {
  it('is asked for once by many, at the same time and later', async () => {
    const shared = counted()
    expect(await Promise.all([shared.get(), shared.get()])).toEqual([1, 1])
    expect(await shared.get()).toBe(1)
    expect(shared.asked()).toBe(1)
  })

  it('that is no longer good is asked for again, and a forgotten one too', async () => {
    const bad = new Set<number>()
    const shared = counted((value) => !bad.has(value))
    await shared.get()
    bad.add(1)
    expect(await shared.get()).toBe(2)
    shared.forget()
    expect(await shared.get()).toBe(3)
  })

  it('that failed is asked for again', async () => {
    let fails = true
    const shared = shareWhileGood(
      () => (fails ? Promise.reject(new Error('down')) : Promise.resolve('up')),
      () => true,
    )
    await expect(shared.get()).rejects.toThrow('down')
    fails = false
    expect(await shared.get()).toBe('up')
  })

  it('that fails late does not make a newer one forgotten', async () => {
    const answers: PromiseWithResolvers<string>[] = []
    const shared = shareWhileGood(
      () => {
        const answer = withResolvers<string>()
        answers.push(answer)
        return answer.promise
      },
      () => true,
    )
    const old = shared.get()
    shared.forget()
    const current = shared.get()
    answers[0]?.reject(new Error('late'))
    await expect(old).rejects.toThrow('late')
    answers[1]?.resolve('current')
    expect(await current).toBe('current')
    expect(await shared.get()).toBe('current')
    expect(answers).toHaveLength(2)
  })
})

interface PromiseWithResolvers<T> {
  promise: Promise<T>
  resolve(value: T): void
  reject(error: Error): void
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  const parts = {} as PromiseWithResolvers<T>
  parts.promise = new Promise<T>((resolve, reject) => Object.assign(parts, { resolve, reject }))
  return parts
}
