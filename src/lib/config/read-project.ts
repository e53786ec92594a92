import {stat} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import {DEFAULT_PROJECT} from './default-project.js'
import type {Project} from './project.schema.js'

/** A project and the file it stands in; null: nothing is declared and the defaults hold. */
export interface FoundProject {
  readonly file: string | null
  readonly project: Project
}

const PROJECT_FILE = 'bedrockctl.yaml'
const LARGEST_BYTES = 1024 * 1024

/** Reads bedrockctl.yaml: the file named, or the first one from `folder` up to the root of its repository. */
export async function readProject(named: string | undefined, folder: string): Promise<FoundProject> {
  const file = named ?? (await findUpwards(folder))
  if (file === undefined) return {file: null, project: DEFAULT_PROJECT}
  return {file, project: await parse(file)}
}

/** Above the folder only as far as its repository goes: what lies further up is nobody's, or a stranger's. */
async function findUpwards(folder: string): Promise<string | undefined> {
  const passed: string[] = []
  for (let current = resolve(folder); ; current = dirname(current)) {
    passed.push(current)
    if (await exists(join(current, '.git'))) return firstFile(passed)
    if (dirname(current) === current) return firstFile(passed.slice(0, 1))
  }
}

async function firstFile(folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = join(folder, PROJECT_FILE)
    if (await exists(file)) return file
  }
  return undefined
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

async function parse(file: string): Promise<Project> {
  const [{readDocument}, {projectSchema}] = await Promise.all([
    import('./read-document.js'),
    import('./project.schema.js'),
  ])
  const {value} = await readDocument(file, {
    schema: projectSchema,
    what: 'a project file',
    code: 'PROJECT',
    largestBytes: LARGEST_BYTES,
    hint: 'Correct these lines; docs/guides/project-file.md lists every key.',
    elsewhere: 'Name another file with --project.',
  })
  return value
}
