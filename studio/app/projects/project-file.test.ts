import { expect, it } from 'vitest'
import { firstProject } from '../../project/first-project.ts'
import { readProjectFile } from './project-file.ts'

const file = (content: string) => new Blob([content])

it('reads what an export wrote', async () => {
  expect(await readProjectFile(file(JSON.stringify(firstProject, null, 2)))).toEqual({
    project: firstProject,
  })
})

it('says what is wrong with another file', async () => {
  expect(await readProjectFile(file('PK\u0003'))).toEqual({ problem: expect.stringContaining('not JSON') })
  expect(await readProjectFile(file('{"name":"x"}'))).toEqual({
    problem: expect.stringContaining('no project'),
  })
  expect(await readProjectFile(file(' '.repeat(5_000_000)))).toEqual({
    problem: expect.stringContaining('4 MB'),
  })
  const deep = '[{"type":"condition","blocks":'.repeat(20_000) + '1' + '}]'.repeat(20_000)
  expect(await readProjectFile(file(`{"pages":[{"blocks":${deep}}]}`))).toEqual({
    problem: expect.stringContaining('nested too deeply'),
  })
})
