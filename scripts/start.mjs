// `npm start`: installs and builds what is missing, then runs scripts/start/main.ts until it is told to stop.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { ensureBuilt, ensureDependencies, nodeArguments, root } from './set-up.mjs'

ensureDependencies()
ensureBuilt()

// The channel tells the child when this process is gone, even if it was killed without warning.
const child = spawn(process.execPath, [...nodeArguments, join(root, 'scripts/start/main.ts')], {
  cwd: root,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.connected && child.send('stop'))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
