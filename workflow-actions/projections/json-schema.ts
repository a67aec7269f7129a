/** The part of JSON Schema (draft 2020-12) that describes what an action takes. */
export interface JsonSchema {
  type: 'string' | 'number' | 'boolean' | 'object'
  description?: string
  default?: unknown
  enum?: readonly string[]
  minLength?: number
  minimum?: number
  properties?: Readonly<Record<string, JsonSchema>>
  required?: readonly string[]
  propertyNames?: JsonSchema
  additionalProperties?: JsonSchema | false
}

/** Whether a value is what its schema describes; a property that is `undefined` counts as absent. */
export function fits(schema: JsonSchema, value: unknown): boolean {
  switch (schema.type) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'number':
      return Number.isFinite(value) && (value as number) >= (schema.minimum ?? -Infinity)
    case 'string':
      return (
        typeof value === 'string' &&
        value.length >= (schema.minLength ?? 0) &&
        (schema.enum?.includes(value) ?? true)
      )
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && fitsEach(schema, value)
  }
}

function fitsEach(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  value: object,
): boolean {
  const given = Object.entries(value).filter(([, one]) => one !== undefined)
  return (
    required.every((name) => given.some(([one]) => one === name)) &&
    given.every(([name, one]) => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties
      return schema ? fits(schema, one) : schema === undefined
    })
  )
}
