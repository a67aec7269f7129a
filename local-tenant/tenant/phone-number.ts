import { z } from 'zod'

/** A phone number as every API of Auth0 takes it: a plus and up to 15 digits. */
export const phoneNumber = z.string().regex(/^\+[0-9]{1,15}$/)
