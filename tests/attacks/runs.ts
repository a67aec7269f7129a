import fc, { type IAsyncProperty, type IProperty } from 'fast-check'
import { it } from 'vitest'

/** Inputs per property: hundreds with every test run, 100,000 with `npm run attacks`. */
export const runs = Number(process.env.ATTACK_RUNS ?? 300)

/** `ATTACK_SEED` repeats the inputs of an earlier run; each run prints its own. */
const seed = Number(process.env.ATTACK_SEED ?? Math.trunc(Math.random() * 2 ** 31))

/**
 * A test that tries a property with {@link runs} hostile inputs. One that fails is reported as small as it can be made,
 * with what repeats it.
 *
 * @example
 * attack('no text becomes a number', fc.property(fc.string(), (text) => expect(text).not.toBe(7)))
 */
export const attack = <T>(title: string, property: IProperty<T> | IAsyncProperty<T>): void =>
  it(title, { timeout: 30_000 + runs * 20 }, async () => {
    process.stdout.write(`${title}: ${runs} inputs, ATTACK_SEED=${seed}\n`)
    await fc.assert<T>(property, { numRuns: runs, seed })
  })
