import { parseArgs } from 'node:util'
import {
  createProxyClient,
  projectRoles,
  tokenHours,
  tokenInput,
  type TokenView,
} from 'lowgate/contract/proxy-api'
import { ConfigError } from './config.ts'

export const tokenUsage = `lowgate-proxy token: issues, lists and revokes editor tokens at a running proxy

  lowgate-proxy token issue --project <id> --label <who> [--role ${projectRoles.join('|')}]
                            [--environments preview,staging] [--hours ${tokenHours.default}]
  lowgate-proxy token list --project <id>
  lowgate-proxy token revoke --project <id> --id <id of the token>

It reads OPERATOR_TOKEN, and PROXY_URL when the proxy does not listen on http://127.0.0.1:4402. A new token is the
only thing on standard output; it is shown this once.`

const options = {
  project: { type: 'string' },
  label: { type: 'string' },
  role: { type: 'string' },
  environments: { type: 'string' },
  hours: { type: 'string' },
  id: { type: 'string' },
} as const

/**
 * What `lowgate-proxy token …` prints on standard output; `note` hears what belongs beside it.
 *
 * @throws {ConfigError} when the command cannot be understood, with how it is used
 * @throws `proxy/…` what the proxy answered
 */
export async function runTokenCommand(
  args: string[],
  env: Record<string, string | undefined>,
  note: (text: string) => void,
): Promise<string> {
  const { verb, project, id, ...wish } = read(args)
  const { OPERATOR_TOKEN: token, PROXY_URL: url = `http://127.0.0.1:${env.PORT || '4402'}` } = env
  if (!token)
    throw new ConfigError('OPERATOR_TOKEN is not set: it is what the proxy lets its operator in with.')
  const proxy = createProxyClient({ url, token })
  const params = { project }
  switch (verb) {
    case 'issue': {
      const { success, data, error } = tokenInput.safeParse(wish)
      if (!success)
        throw usage(error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'))
      const issued = await proxy.issueToken({ params, body: data })
      note(`${describe(issued)}\nShown this once; revoke it with --id ${issued.id}.`)
      return issued.token
    }
    case 'list': {
      const { tokens } = await proxy.listTokens({ params })
      return tokens.length ? tokens.map(describe).join('\n') : `Project ${project} has no editor tokens.`
    }
    case 'revoke': {
      if (!id) throw usage('--id is missing: which token? The list has it.')
      await proxy.revokeToken({ params: { project, id } })
      return `Revoked ${id}.`
    }
    default:
      throw usage(verb ? `There is no command “token ${verb}”.` : 'Say what to do: issue, list or revoke.')
  }
}

function read(args: string[]) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const { project, id, environments, hours, ...rest } = values
    if (!project) throw usage('--project is missing.')
    return {
      verb: positionals.join(' '),
      project,
      id,
      ...rest,
      ...(environments !== undefined && { environments: environments.split(',') }),
      ...(hours !== undefined && { hours: Number(hours) }),
    }
  } catch (error) {
    if (error instanceof TypeError) throw usage(error.message)
    throw error
  }
}

const usage = (problem: string) => new ConfigError(`${problem}\n\n${tokenUsage}`)

const describe = ({ id, label, role, environments, expiresAt, revokedAt, lastUsedAt }: TokenView) =>
  [
    id,
    label,
    `${role} of ${environments.join(', ')}`,
    revokedAt ? `revoked ${revokedAt}` : `until ${expiresAt}`,
    lastUsedAt ? `last used ${lastUsedAt}` : 'never used',
  ].join(' · ')
