import { expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import type {
  Access,
  Audience,
  PageReference,
  PublicConnection,
  PublicSettings,
  UserGroup,
} from '../index.ts'
import type { access, audience, pageReference, publicConnection, publicSettings, userGroup } from './index.ts'

test('the types that need no validator are those of the schemas', () => {
  expectTypeOf<z.infer<typeof access>>().toEqualTypeOf<Access>()
  expectTypeOf<z.infer<typeof audience>>().toEqualTypeOf<Audience>()
  expectTypeOf<z.infer<typeof pageReference>>().toEqualTypeOf<PageReference>()
  expectTypeOf<z.infer<typeof publicConnection>>().toEqualTypeOf<PublicConnection>()
  expectTypeOf<z.infer<typeof publicSettings>>().toEqualTypeOf<PublicSettings>()
  expectTypeOf<z.infer<typeof userGroup>>().toEqualTypeOf<UserGroup>()
})
