import { computed, ref, shallowRef, watch } from 'vue'
import type { EditorHost, Environment, Trouble } from 'lowgate/contract'
import type { ConnectionInput } from 'lowgate/contract/proxy-api'
import { toProjectUse } from '../project-use/index.ts'
import { promotionProblems } from './promotion-problems.ts'
import type { Connections } from './use-connections.ts'

/** Findings of the health check that keep an application from serving production. */
const refusals = ['wildcard-address', 'insecure-address']

/**
 * Copies the saved connection of one environment to another, secret included, without the secret passing through
 * here. Production takes an application of its own, and only one that the health check finds nothing dangerous in.
 */
export function usePromotion(parts: {
  host: () => EditorHost
  connections: Connections
  from: () => Environment
  to: () => Environment
  /** Picked for production; any other environment takes the copied one. */
  clientId: () => string | undefined
}) {
  const { connections } = parts
  const found = shallowRef<Trouble[]>([])
  const error = shallowRef<unknown>()
  const isCopying = ref(false)

  const source = computed(() => connections.saved.get(parts.from()))
  const target = computed(() => connections.saved.get(parts.to()))
  const clientId = computed(() => (parts.to() === 'production' ? parts.clientId() : source.value?.clientId))
  const problems = computed(() => [
    ...(source.value
      ? promotionProblems({
          host: parts.host(),
          to: parts.to(),
          domain: source.value.domain,
          clientId: clientId.value,
          saved: connections.saved,
        })
      : []),
    ...found.value,
  ])

  watch([clientId, source, parts.to], () => (found.value = []))

  const toBody = (): ConnectionInput => {
    if (!source.value) throw new Error('There is nothing to copy.')
    const { domain, m2mClientId, audience, organization, customDomain } = source.value
    const choices = { clientId: clientId.value, audience, organization, customDomain }
    return {
      ...{ domain, m2mClientId, ...choices, secretFrom: parts.from(), revision: target.value?.revision ?? 0 },
    }
  }

  /** What the health check refuses about the application that production is about to use. */
  async function refusalsOf(body: ConnectionInput): Promise<Trouble[]> {
    const host = parts.host()
    const { domain, m2mClientId, secretFrom, clientId, audience, organization, customDomain } = body
    const { findings } = await connections.client.value.healthCheck({
      params: { project: connections.project.value, environment: 'production' },
      body: {
        credentials: { domain, m2mClientId, secretFrom },
        use: toProjectUse(host, 'production', (one) => connections.saved.has(one) || one === 'production'),
        choices: { clientId, audience, organization, customDomain },
      },
    })
    return findings.filter(({ code }) => refusals.includes(code))
  }

  /** Resolves with whether it was copied; if not, `problems` or `error` say why. */
  async function copy(): Promise<boolean> {
    isCopying.value = true
    error.value = undefined
    found.value = []
    try {
      const body = toBody()
      if (parts.to() === 'production' && body.clientId) {
        found.value = await refusalsOf(body)
        if (found.value.length) return false
      }
      await connections.save(parts.to(), body)
      return true
    } catch (reason) {
      error.value = reason
      return false
    } finally {
      isCopying.value = false
    }
  }

  return { source, target, clientId, problems, error, isCopying, copy }
}
