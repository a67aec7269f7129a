#!/usr/bin/env node
import { ConfigError, readConfig, settingNames } from './config.ts'
import { startBackendProxy } from './start.ts'

if (process.argv.includes('--help')) {
  console.log(`lowgate-proxy: keeps M2M secrets and reads tenants' lists for the editor

  --help    this text

Everything else is set by environment variables, explained in docs/backend-proxy.md:
  ${settingNames.join(', ')}`)
  process.exit()
}

try {
  const starting = startBackendProxy(readConfig(process.env))
  // Before it listens, so that an early signal ends it in order too. A second one changes nothing: a terminal and npm
  // both send one.
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= starting.then(
      (proxy) => proxy.close(),
      () => undefined,
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, close)
  await starting
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(`The backend proxy cannot start.\n${error.message}`)
  process.exitCode = 1
}
