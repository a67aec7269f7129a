import { expect, test } from 'vitest'
import { parseUserQuery } from './user-query.ts'

const ada = {
  user_id: 'auth0|1',
  email: 'Ada@acme.example',
  name: 'Ada Lovelace',
  username: 'Ada',
  blocked: true,
  logins_count: 7,
  created_at: '2024-05-06T07:08:09.000Z',
  picture: 'https://a.example/ada.png',
  identities: [{ connection: 'users', provider: 'auth0' }, { connection: 'google-oauth2' }],
  app_metadata: { plan: 'gold', teams: [{ name: 'red' }, { name: 'blue' }], empty: '' },
  user_metadata: { colour: 'green' },
}

test.each([
  ['email:"ada@acme.example"', true],
  ['email:ADA@ACME.EXAMPLE', true],
  ['name:ada*', true],
  ['name:"ada lovelace"', true],
  ['name:ada\\ lovelace', true],
  ['name:*lace', true],
  ['name:*love*', true],
  ['username:ada', false],
  ['username:Ada', true],
  ['user_id:"auth0|1"', true],
  ['blocked:true', true],
  ['NOT blocked:true', false],
  ['-blocked:true', false],
  ['blocked:true AND NOT username:x', true],
  ['username:x OR blocked:true', true],
  ['username:x OR blocked:true AND logins_count:1', false],
  ['(username:x OR blocked:true) AND logins_count:7', true],
  ['username:(x OR Ada)', true],
  ['username:("x" OR "y")', false],
  ['identities.connection:"google-oauth2"', true],
  ['app_metadata.teams.name:"blue"', true],
  ['app_metadata.plan:gold', true],
  ['user_metadata.colour:green', true],
  ['_exists_:app_metadata.plan', true],
  ['_exists_:app_metadata.empty', false],
  ['NOT _exists_:phone_number', true],
  ['logins_count:[1 TO 7]', true],
  ['logins_count:[1 TO 7}', false],
  ['logins_count:{6 TO *]', true],
  ['logins_count:>=8', false],
  ['logins_count:<8', true],
  ['created_at:[2024-01-01 TO 2024-05-06]', true],
  ['created_at:{2024 TO *]', false],
  ['created_at:[* TO 2023-12-31]', false],
  ['ada*', true],
  ['green', false],
  ['picture:*', false],
])('%s', (q, matches) => {
  expect(parseUserQuery(q)(ada)).toBe(matches)
})

test.each([
  'name:*ab*',
  'name:',
  '(name:x',
  'name:x)',
  'AND name:x',
  'user_metadata.colour:gr*',
  'user_metadata.age:[1 TO 2]',
])('refuses %s', (q) => {
  expect(() => parseUserQuery(q)(ada)).toThrow('Query validation error')
})
