import { expect, it } from 'vitest'
import { apiCalls } from './api-origins.ts'
import { firstProject } from './first-project.ts'
import { brings, isAsking, withoutTrust } from './imported.ts'
import type { Project } from './schema.ts'
import { stepsIn } from './walk.ts'

const step = (id: string, action: string, args = {}) => ({ id, action, args })

const project: Project = {
  ...firstProject,
  pages: firstProject.pages.map((page, at) =>
    at
      ? page
      : {
          ...page,
          blocks: [
            {
              id: 'box',
              type: 'condition',
              values: { visibleTo: 'everyone' },
              blocks: [{ id: 'list', type: 'data', values: { url: 'https://one.example/orders' } }],
            },
            { id: 'open', type: 'data', values: { url: 'https://public.example/list', token: 'none' } },
          ],
        },
  ),
  workflows: [
    {
      id: 'go',
      trigger: { type: 'page-load', pageId: 'home' },
      steps: [
        {
          ...step('fork', 'branch'),
          then: [step('read', 'getAccessToken')],
          otherwise: [step('call', 'callApi', { url: 'https://two.example' })],
        },
        step('bound', 'callApi', { url: '{{ variables.address }}', withToken: true }),
      ],
    },
  ],
  settings: {
    connections: {
      preview: { domain: 'evil.eu.auth0.com', clientId: 'theirs', audience: 'https://one.example' },
    },
    origins: { 'https://www.acme.example': 'preview' },
    rolesClaim: 'https://acme.example/roles',
  },
}

it('lists where visitors would log in, and who would get their tokens', () => {
  expect(brings(project)).toEqual({
    connections: [
      {
        environment: 'preview',
        domain: 'evil.eu.auth0.com',
        clientId: 'theirs',
        audience: 'https://one.example',
      },
    ],
    origins: [{ origin: 'https://www.acme.example', environment: 'preview' }],
    tokenOrigins: ['https://one.example', 'https://two.example'],
    tokenSteps: 1,
  })
  expect(isAsking(brings(project))).toBe(true)
  expect(isAsking(brings(firstProject))).toBe(false)
})

it('takes none of it unless told to, and leaves the rest unchanged', () => {
  const taken = withoutTrust(project, {})
  expect(taken.settings).toEqual({ connections: {}, rolesClaim: 'https://acme.example/roles' })
  expect([...apiCalls(taken)].filter(({ withToken }) => withToken)).toEqual([])
  expect(taken.workflows.flatMap(({ steps }) => [...stepsIn(steps)]).map(({ id }) => id)).toEqual([
    'fork',
    'call',
    'bound',
  ])
  expect(isAsking(brings(taken))).toBe(false)
  expect(taken.pages[1]).toEqual(project.pages[1])
})

it('takes what was agreed to, each by itself', () => {
  expect(withoutTrust(project, { connections: true, tokens: true })).toEqual(project)
  const { connections, tokenOrigins } = brings(withoutTrust(project, { connections: true }))
  expect([connections.length, tokenOrigins]).toEqual([1, []])
  const others = brings(withoutTrust(project, { tokens: true }))
  expect([others.connections, others.tokenOrigins.length]).toEqual([[], 2])
})
