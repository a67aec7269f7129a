import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

const sockets = new Map<Socket, number>()

subscribe('http.server.request.start', (message) => {
  const { socket } = message as { socket: Socket }
  if (!sockets.has(socket)) sockets.set(socket, 0)
})

/** Bytes that the HTTP servers of this process wrote since they were last forgotten. */
export const bytesWritten = (): number =>
  [...sockets].reduce((sum, [socket, before]) => sum + socket.bytesWritten - before, 0)

export function forgetBytes(): void {
  for (const socket of sockets.keys()) sockets.set(socket, socket.bytesWritten)
}
