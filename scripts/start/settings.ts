import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { z } from 'zod'
import { Secret } from '../../contract/index.ts'

/** The number of consecutive ports that one `npm start` listens on. */
const portCount = 6

const settings = z.object({
  PORT_BASE: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1024, 'is below 1024, where only root may listen')
    .max(65535 - portCount, `leaves no room for ${portCount} ports below 65536`)
    .default(4400),
  DATA_DIR: z.string().min(1).default('.data'),
  OPERATOR_TOKEN: z.string().min(1, 'is empty').optional(),
  STUDIO_HOST: z.string().min(1).optional(),
  STUDIO_PASSWORD: z.string().optional(),
  STUDIO_URL: z.string().optional(),
})

export interface Ports {
  tenants: { preview: number; production: number }
  proxy: number
  studio: number
  sites: { preview: number; production: number }
}

export interface Settings {
  ports: Ports
  dataDir: string
  /** What the studio shows the backend proxy: the one given, or one for this start. */
  operatorToken: Secret
  /** Who reaches the studio, and how. */
  studio: { host?: string; password?: string; publicUrl?: string }
}

/** What this start is to use, from the environment's variables. @throws Error naming the variable */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const parsed = settings.safeParse(env)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(
      `${String(issue?.path[0])} ${issue?.message}. Correct it, or leave it out for the default.`,
    )
  }
  const { PORT_BASE: base, DATA_DIR, OPERATOR_TOKEN, STUDIO_HOST, STUDIO_PASSWORD, STUDIO_URL } = parsed.data
  return {
    dataDir: resolve(DATA_DIR),
    operatorToken: new Secret(OPERATOR_TOKEN ?? randomBytes(24).toString('base64url')),
    studio: {
      ...(STUDIO_HOST && { host: STUDIO_HOST }),
      ...(STUDIO_PASSWORD !== undefined && { password: STUDIO_PASSWORD }),
      ...(STUDIO_URL && { publicUrl: STUDIO_URL }),
    },
    ports: {
      tenants: { preview: base, production: base + 1 },
      proxy: base + 2,
      studio: base + 3,
      sites: { preview: base + 4, production: base + 5 },
    },
  }
}
