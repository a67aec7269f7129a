import manifest from 'lowgate/manifest.json'
import type { Manifest } from 'lowgate/contract'
import { describe, expect, it } from 'vitest'
import { checkProject } from '../checks/check-project.ts'
import { firstProject } from '../first-project.ts'
import { projectSchema } from '../schema.ts'
import { templates } from './templates.ts'

const { actions } = manifest as unknown as Manifest

describe.each([...templates, { name: 'The first project', create: () => firstProject }])(
  '$name',
  ({ create }) => {
    it('is a valid project without a connection', () => {
      expect(projectSchema.safeParse(create()).error).toBeUndefined()
      expect(create().settings.connections).toEqual({})
    })

    it('has no problems once it is connected', () => {
      const project = structuredClone(create())
      project.settings.connections.production = { domain: 't.eu.auth0.com', clientId: 'c' }
      expect(checkProject(project, { actions })).toEqual([])
    })
  },
)
