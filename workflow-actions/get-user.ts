import { defineAction } from './define-action.ts'

export const getUser = defineAction({
  code: 'getUser',
  name: 'Get user',
  summary: 'Answers the visitor’s profile, or nothing when nobody is logged in.',
  outcome: 'resolves',
  returns: 'user',
  fields: {},
  errors: [],
})
