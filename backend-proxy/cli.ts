#!/usr/bin/env node
import { LowgateError } from 'lowgate/contract'
import { ConfigError, readConfig, settingNames } from './config.ts'
import { describe } from './errors.ts'
import { startBackendProxy } from './start.ts'
import { runTokenCommand, tokenUsage } from './token-command.ts'

const [command, ...rest] = process.argv.slice(2)

if (process.argv.includes('--help')) {
  console.log(
    command === 'token'
      ? tokenUsage
      : `lowgate-proxy: keeps M2M secrets and reads tenants' lists for the editor

  token     issues, lists and revokes editor tokens: lowgate-proxy token --help
  --help    this text

Everything else is set by environment variables, explained in docs/backend-proxy.md:
  ${settingNames.join(', ')}`,
  )
  process.exit()
}

try {
  if (command === 'token')
    console.log(
      await runTokenCommand(rest, process.env, (text) => {
        console.error(text)
      }),
    )
  else await serve()
} catch (error) {
  if (error instanceof LowgateError) {
    const { title, cure } = describe(error)
    console.error(`${title} ${cure ?? ''}`.trim())
  } else if (error instanceof ConfigError) {
    console.error(command === 'token' ? error.message : `The backend proxy cannot start.\n${error.message}`)
  } else throw error
  process.exitCode = 1
}

async function serve() {
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
}
