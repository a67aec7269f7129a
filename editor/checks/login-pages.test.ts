import { expect, it } from 'vitest'
import { checkLoginPages } from './index.ts'

const page = (id: string, path: string, access: 'everyone' | 'authenticated' = 'everyone') => ({
  id,
  name: id,
  path,
  access,
  at: id,
})

it('reads the paths of every host, and says where in the host a trouble is cured', () => {
  const found = checkLoginPages({
    pages: [page('home', '/', 'authenticated'), page('welcome', '/welcome/{{team|}}')],
    homePageId: 'home',
    settings: { connections: {}, deniedPage: { pageId: 'welcome' } },
  })
  expect([...found].map(({ id, at }) => ({ id, at }))).toEqual([
    { id: 'deniedPage-parameters', at: undefined },
    { id: 'home-private', at: 'home' },
  ])
})
