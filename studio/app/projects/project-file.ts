import { projectSchema, type Project } from '../../project/schema.ts'

/** Saves a project as one JSON file on the builder's machine. */
export function downloadProject(project: Project): void {
  const file = new Blob([JSON.stringify(project, null, 2)], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `${project.id}.lowgate.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}

/** Bytes; the studio's server takes no more. */
const largestFile = 4_000_000

export type ReadProject = { project: Project } | { problem: string }

/** The project in a file, or what is wrong with it. */
export async function readProjectFile(file: Blob): Promise<ReadProject> {
  if (file.size > largestFile)
    return { problem: 'The file is larger than 4 MB. Choose one that “Export as a file” made.' }
  let content: unknown
  try {
    content = JSON.parse(await file.text())
  } catch {
    return { problem: 'The file is not JSON. Choose one that “Export as a file” made.' }
  }
  const parsed = projectSchema.safeParse(content)
  if (parsed.success) return { project: parsed.data }
  const [first] = parsed.error.issues
  const where = first?.path.length ? `At ${first.path.join(' › ')}: ` : ''
  return { problem: `The file is not a project of the studio. ${where}${first?.message ?? ''}`.slice(0, 400) }
}
