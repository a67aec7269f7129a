import { z } from 'zod'
import {
  access,
  audience,
  guard,
  pageReference,
  publicSettings,
  trouble,
  user,
  userGroup,
} from '../contract/schemas/index.ts'

/** What hosts save and are handed, by the names of the types in `lowgate/contract`. */
const schemas = {
  PublicSettings: publicSettings,
  PageReference: pageReference,
  Access: access,
  Audience: audience,
  UserGroup: userGroup,
  Guard: guard,
  User: user,
  Trouble: trouble,
}

/** One document of JSON Schema (draft 2020-12) with a definition for each of them. */
export function toSchemaDocument(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries<z.core.$ZodType>(schemas)) registry.add(schema, { id })
  const { schemas: described } = z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/$defs/${id}` })
  // Each is described as a document of its own, which none of them is here.
  const definitions = Object.entries(described).map(([id, schema]) => {
    const definition: Record<string, unknown> = { ...schema }
    delete definition.$schema
    delete definition.$id
    return [id, definition]
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: Object.fromEntries(definitions),
  }
}
