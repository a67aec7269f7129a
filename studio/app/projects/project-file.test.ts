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
    problem: expect.stringContaining('not a project of the studio'),
  })
  expect(await readProjectFile(file(' '.repeat(5_000_000)))).toEqual({
    problem: expect.stringContaining('4 MB'),
  })
})

it.each([1_000, 20_000, 150_000])(
  'refuses a file nested %i levels deep before anything is sent',
  async (levels) => {
    const nested = (before: string, after: string) => before.repeat(levels) + '1' + after.repeat(levels)
    for (const blocks of [nested('[{"b":', '}]'), nested('[', ']'), nested('{"blocks":[', ']}')])
      expect(await readProjectFile(file(`{"pages":[{"blocks":${blocks}}]}`))).toEqual({
        problem: expect.stringContaining('nested too deeply'),
      })
  },
)

it('says what is wrong in a line, however much that is', async () => {
  const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key${at}`, 0]))
  const read = await readProjectFile(file(JSON.stringify({ ...firstProject, ...keys })))
  expect('problem' in read && read.problem.length).toBeLessThanOrEqual(400)
  expect(read).toEqual({ problem: expect.stringContaining('key0') })
})
