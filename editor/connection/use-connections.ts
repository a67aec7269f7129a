import { ref, shallowReactive, shallowRef, watch } from 'vue'
import { environmentInForce, toPublicConnection, type EditorHost, type Environment } from 'lowgate/contract'
import type { ConnectionInput, ConnectionView, Credentials } from 'lowgate/contract/proxy-api'
import { saveSettings } from '../settings/save-settings.ts'
import { useProxy } from '../use-proxy.ts'

/** The saved connections of the host's project: reads them at once, changes them, and tells the host what ships. */
export function useConnections(host: () => EditorHost) {
  const { client, project, isEntered } = useProxy(host)
  const saved = shallowReactive(new Map<Environment, ConnectionView>())
  const status = ref<'loading' | 'ready' | 'failed'>('loading')
  const error = shallowRef<unknown>()

  const params = (environment: Environment) => ({ project: project.value, environment })

  async function load() {
    status.value = 'loading'
    try {
      const { connections } = await client.value.listConnections({ params: { project: project.value } })
      saved.clear()
      for (const connection of connections) saved.set(connection.environment, connection)
      status.value = 'ready'
    } catch (reason) {
      error.value = reason
      status.value = 'failed'
    }
  }

  /** Hands the host the public part of what is saved for `environment`. */
  async function publish(environment: Environment) {
    const { settings } = host()
    const view = saved.get(environment)
    const shipped = view && toPublicConnection(view)
    const others = Object.entries(settings.connections).filter(([name]) => name !== environment)
    await saveSettings(host(), {
      connections: { ...Object.fromEntries(others), ...(shipped && { [environment]: shipped }) },
    })
  }

  async function save(environment: Environment, body: ConnectionInput) {
    saved.set(environment, await client.value.saveConnection({ params: params(environment), body }))
    await publish(environment)
  }

  /** Takes over what the server answered that somebody else saved, or deleted. */
  function accept(environment: Environment, version: ConnectionView | undefined) {
    if (version) saved.set(environment, version)
    else saved.delete(environment)
  }

  async function remove(environment: Environment) {
    await client.value.deleteConnection({ params: params(environment) })
    saved.delete(environment)
    await publish(environment)
  }

  const test = (environment: Environment, credentials: Credentials | undefined) =>
    client.value.testConnection({
      params: params(environment),
      body: { credentials },
    })

  watch([client, project], load, { immediate: true })
  return {
    client,
    project,
    isEntered,
    saved,
    status,
    error,
    load,
    save,
    accept,
    remove,
    test,
    inForce: (environment: Environment) =>
      environmentInForce(environment, (candidate) => saved.has(candidate)),
  }
}

export type Connections = ReturnType<typeof useConnections>
