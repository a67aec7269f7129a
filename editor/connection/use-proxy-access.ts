import { computed, ref, shallowRef, watch } from 'vue'
import { isLowgateError, type EditorHost } from 'lowgate/contract'
import { createProxyClient, editorTokenShape, toProxyUrl, type AccessView } from 'lowgate/contract/proxy-api'
import { forgetProxyAccess, keepProxyAccess, readProxyAccess } from '../proxy-access.ts'
import { describeError } from '../ui/index.ts'
import { useProxy } from '../use-proxy.ts'

/** The proxy that a builder names where the host names none: what it allows, and how it is entered, tried and forgotten. */
export function useProxyAccess(host: () => EditorHost) {
  const { client, project, isEntered } = useProxy(host)
  const access = computed(() => (isEntered.value ? readProxyAccess(project.value) : undefined))
  /** What the token allows; absent until the proxy told. */
  const allowed = shallowRef<AccessView>()
  const error = shallowRef<unknown>()
  const isBusy = ref(false)

  /** Keeps address and token once the proxy has accepted them. @returns whether it did */
  async function connect(address: string, token: string): Promise<boolean> {
    isBusy.value = true
    error.value = undefined
    try {
      const url = toProxyUrl(address)
      const trial = createProxyClient({ url, token })
      allowed.value = await trial.readAccess({ params: { project: project.value } })
      keepProxyAccess(project.value, { url, token })
      return true
    } catch (reason) {
      error.value = reason
      return false
    } finally {
      isBusy.value = false
    }
  }

  function disconnect() {
    allowed.value = undefined
    forgetProxyAccess(project.value)
  }

  async function readAllowed() {
    allowed.value = undefined
    if (!access.value) return
    // Whatever keeps it from being told, the panel says of its own requests.
    const asked = client.value
    const told = await asked.readAccess({ params: { project: project.value } }).catch(() => undefined)
    if (asked === client.value) allowed.value = told
  }
  watch([client, project], readAllowed, { immediate: true })

  return { project, isEntered, access, allowed, error, isBusy, connect, disconnect }
}

/** Whether only another token helps. */
export const needsToken = (error: unknown): boolean =>
  isLowgateError(
    error,
    'proxy/not-connected',
    'proxy/unauthorized',
    'proxy/token-expired',
    'proxy/token-revoked',
    'proxy/not-permitted',
  )

/** What to write under an address that cannot be a proxy's. */
export function addressProblem(address: string): string | undefined {
  if (!address) return 'Fill in the address of the proxy.'
  // A path would be one of the editor's own server.
  if (!URL.canParse(address)) return 'Fill in a whole address, such as https://proxy.acme.example.'
  try {
    toProxyUrl(address)
    return undefined
  } catch (reason) {
    return describeError(reason).why
  }
}

/** What to write under a text that cannot be an editor token. */
export function tokenProblem(token: string): string | undefined {
  if (!token) return 'Paste the editor token.'
  if (token.startsWith('lgo_'))
    return 'This is the operator token, which opens every project: it belongs in no browser. Ask for an editor token, which begins with lge_.'
  return editorTokenShape.test(token)
    ? undefined
    : 'This is not a whole editor token: one begins with lge_ and has 64 characters.'
}
