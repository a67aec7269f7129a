import { z } from 'zod'
import type { User } from '../auth-client.ts'
import type { Trouble } from '../trouble.ts'

const text = z.string().exactOptional()

/** A {@link User}: what actions and the trigger `login` hand out. The tenant may add claims. */
export const user = z.looseObject({
  sub: z.string(),
  name: text,
  nickname: text,
  email: text,
  email_verified: z.boolean().exactOptional(),
  picture: text,
  org_id: text,
  org_name: text,
  amr: z.array(z.string()).exactOptional(),
  acr: text,
  auth_time: z.number().exactOptional(),
}) satisfies z.ZodType<User>

/** A {@link Trouble}: an error in words, as `loadTrouble` answers it. */
export const trouble = z.object({
  code: z.string(),
  title: z.string(),
  why: text,
  cure: text,
  where: text,
  owner: z.enum(['visitor', 'builder', 'operator', 'tenant administrator']),
}) satisfies z.ZodType<Trouble>
