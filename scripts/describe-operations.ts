import { operations } from '../local-tenant/management-api/operations.ts'

/** A table of every method of the SDK: what works at the local tenant, and what answers 501. */
export function describeOperations(methods: Record<string, string>): string {
  const signature = (on: string) => on.replaceAll(/:\w+/g, ':')
  const implemented = new Map(operations.map(({ on, scopes }) => [signature(on), scopes]))
  const rows = Object.entries(methods).map(([name, request]) => {
    const [on = ''] = request.split('?')
    const scopes = implemented.get(signature(on))
    const answer = scopes ? 'works' : '501'
    return { name, on, answer, scopes: scopes?.map((scope) => `\`${scope}\``).join(', ') ?? '' }
  })
  const working = rows.filter(({ answer }) => answer === 'works').length
  return [
    `Of the ${rows.length} methods of the \`auth0\` SDK, ${working} work. The others answer 501 with a sentence that says so: no method answers success for what the tenant ignores.`,
    [
      '| method | request | answer | scopes (one of) |',
      '| --- | --- | --- | --- |',
      ...rows.map(({ name, on, answer, scopes }) => `| \`${name}\` | \`${on}\` | ${answer} | ${scopes} |`),
    ].join('\n'),
  ].join('\n\n')
}
