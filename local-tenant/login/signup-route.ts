import { Hono } from 'hono'
import { z } from 'zod'
import { connectionsFor, isDatabase } from '../tenant/connections.ts'
import { logUser } from '../tenant/log-user.ts'
import type { RunningTenant } from '../tenant/tenant.ts'
import { addUser, findUser, MINIMUM_PASSWORD_LENGTH } from '../tenant/users.ts'
import { sendVerification } from '../management-api/tickets.ts'
import { formFields } from './form-fields.ts'

const signup = z.object({
  client_id: z.string(),
  connection: z.string(),
  email: z.email(),
  password: z.string(),
  username: z.string().max(128).optional(),
  phone_number: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  name: z.string().optional(),
  nickname: z.string().optional(),
  picture: z.string().optional(),
  user_metadata: z
    .record(z.string(), z.string().max(500))
    .refine((metadata) => Object.keys(metadata).length <= 10)
    .optional(),
})

/** `/dbconnections/signup`: a new user of a database, without a login. It does not tell whether an address is taken. */
export function signupRoute(tenant: RunningTenant): Hono {
  const app = new Hono()
  app.post('/dbconnections/signup', async (c) => {
    const isJson = c.req.header('content-type')?.includes('json')
    const body: unknown = isJson ? await c.req.json().catch(() => ({})) : await formFields(c)
    const { data } = signup.safeParse(body)
    const client = tenant.directory.clients.get(data?.client_id ?? '')
    const enabled = client ? connectionsFor(tenant.directory, client.client_id) : []
    const connection = enabled.find(({ name }) => name === data?.connection)
    const known = data && connection && findUser(tenant.directory, connection, data.email)
    const isOpen = connection && isDatabase(connection) && !connection.options?.disable_signup
    if (!data || !client || !isOpen || known) {
      tenant.logs.add({ type: 'fs', client_id: data?.client_id, user_name: data?.email })
      const description = 'Invalid sign up'
      return c.json({ name: 'BadRequestError', code: 'invalid_signup', description, statusCode: 400 }, 400)
    }
    if (data.password.length < MINIMUM_PASSWORD_LENGTH) {
      const rule = { message: 'At least %d characters in length', code: 'lengthAtLeast', verified: false }
      const rules = [{ ...rule, format: [MINIMUM_PASSWORD_LENGTH] }]
      return c.json(
        {
          name: 'PasswordStrengthError',
          code: 'invalid_password',
          message: 'Password is too weak',
          description: { rules, verified: false },
          policy: `* At least ${MINIMUM_PASSWORD_LENGTH} characters in length`,
          statusCode: 400,
        },
        400,
      )
    }
    const { client_id, connection: name, ...profile } = data
    const user = addUser(tenant.directory, connection, { ...profile, email: data.email.toLowerCase() })
    logUser(tenant, 'ss', user, { client_id, connection: name })
    sendVerification(tenant, user)
    const { email, email_verified = false, username, phone_number } = user
    return c.json({
      _id: user.user_id.replace(/^auth0\|/, ''),
      email,
      email_verified,
      username,
      phone_number,
    })
  })
  return app
}
