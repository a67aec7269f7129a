import type { EngineContext, SessionEvents } from './types.ts'

/** Tells everyone who listens to `event`. */
export function emit<E extends keyof SessionEvents>(
  { listeners }: Pick<EngineContext, 'listeners'>,
  event: E,
  payload: SessionEvents[E],
): void {
  for (const [name, listener] of listeners)
    if (name === event) (listener as (payload: SessionEvents[E]) => void)(payload)
}
