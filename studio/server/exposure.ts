export interface Exposure {
  /** The name or address to listen on. */
  host: string
  /** Opens the studio beside the address from the terminal. */
  password?: string | undefined
  /** The studio's origin as browsers see it, where a server in front of it speaks https. */
  publicUrl?: string | undefined
}

const shortestPassword = 12

/** The names by which this machine calls itself. */
const isThisMachine = (host: string): boolean => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host)

const isOrigin = (url: string): boolean => URL.canParse(url) && new URL(url).origin === url

/**
 * Refuses to let other machines in without a password, or over plain http.
 *
 * @throws Error naming the setting and the cure
 */
export function requireSafeExposure({ host, password, publicUrl }: Exposure): void {
  if (password !== undefined && password.length < shortestPassword)
    throw new Error(`STUDIO_PASSWORD is too short: it needs ${shortestPassword} characters or more.`)
  if (publicUrl !== undefined) {
    if (!isOrigin(publicUrl))
      throw new Error('STUDIO_URL must be an origin without a path, such as https://studio.acme.example.')
    const { protocol, hostname } = new URL(publicUrl)
    if (protocol !== 'https:' && !isThisMachine(hostname))
      throw new Error('STUDIO_URL must be https: over http, everybody on the way reads the session.')
  }
  if (isThisMachine(host)) return
  const why = `STUDIO_HOST=${host} lets other machines reach the studio.`
  if (password === undefined) throw new Error(`${why} Set STUDIO_PASSWORD as well, or leave STUDIO_HOST out.`)
  if (publicUrl === undefined)
    throw new Error(
      `${why} Set STUDIO_URL to the https address of the server in front of it, or leave STUDIO_HOST out.`,
    )
}
