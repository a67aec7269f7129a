import { createServer } from 'node:net'

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: 'localhost' }, () => probe.close(() => resolve(true)))
  })
}

/** Refuses to go on while another program listens on one of `ports`. @throws Error naming them and the cure */
export async function requireFreePorts(ports: readonly number[]): Promise<void> {
  const free = await Promise.all(ports.map(isFree))
  const taken = ports.filter((_, index) => !free[index])
  if (!taken.length) return
  throw new Error(
    `Port ${taken.join(', ')} is in use, perhaps by another \`npm start\`.\n` +
      `Stop that program, or choose other ports: PORT_BASE=${(ports[0] ?? 4400) + 100} npm start`,
  )
}
