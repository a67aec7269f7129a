import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/**
 * Starts `main.mjs` of a folder. Of this process's environment it gets only where programs are: others' code must not
 * read anybody's secrets, and auth0-deploy-cli reads every AUTH0_ variable as its own setting.
 */
export function startChild(folder: string, environment: Record<string, string>) {
  const child = fork(join(folder, 'main.mjs'), {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1', ...environment },
    // Not this process's: it runs TypeScript, which a client's application does not.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => output.push(String(text)))
  return {
    /**
     * What it reports first.
     *
     * @throws with the end of what it printed, when it ends before or takes longer than so many milliseconds
     */
    answer: <T>(milliseconds: number) =>
      firstMessage<T>(child, milliseconds).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${output.join('').slice(-2_000)}`, { cause: error })
      }),
    /** Ends it, and what it has started: all of it is one group. */
    end() {
      if (child.pid && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL')
    },
  }
}

async function firstMessage<T>(child: ChildProcess, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const message = new Promise<T>((resolve, reject) => {
    const late = () => reject(new Error(`reported nothing within ${milliseconds / 1_000} s`))
    timer = setTimeout(late, milliseconds)
    child.once('message', (value) => resolve(value as T))
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`ended with ${code ?? signal}`)))
  })
  return message.finally(() => clearTimeout(timer))
}
