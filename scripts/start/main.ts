import process from 'node:process'
import { startEverything } from './everything.ts'
import { describeStart } from './report.ts'

try {
  const starting = startEverything(process.env)
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= starting.then(
      (running) => running.close().then(() => process.exit(0)),
      () => undefined,
    )
  }
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect', 'message'] as const) process.on(event, stop)
  const { addresses } = await starting
  process.stdout.write(describeStart(addresses))
} catch (error) {
  process.stderr.write(
    `\nLowgate could not start. ${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exit(1)
}
