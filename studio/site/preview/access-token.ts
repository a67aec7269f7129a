import { loadTrouble, type Trouble } from 'lowgate/contract'
import { shallowRef, watch } from 'vue'
import type { Runtime } from '../runtime.ts'

export interface AccessToken {
  raw: string
  /** Absent for an opaque one. */
  claims?: Record<string, unknown>
}

function decode(raw: string): AccessToken {
  try {
    const payload = raw.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0))
    return { raw, claims: JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown> }
  } catch {
    return { raw }
  }
}

/** The visitor's access token, read again when another visitor is logged in. */
export function useAccessToken({ session }: Runtime) {
  const token = shallowRef<AccessToken>()
  const problem = shallowRef<Trouble>()

  async function read(ignoreCache = false) {
    problem.value = undefined
    if (!session.state.isAuthenticated) return void (token.value = undefined)
    try {
      token.value = decode(await session.client.getAccessToken({ ignoreCache }))
    } catch (error) {
      problem.value = await loadTrouble(error)
    }
  }

  watch(
    () => session.state.user?.sub,
    () => void read(),
    { immediate: true },
  )
  return { token, problem, read }
}
