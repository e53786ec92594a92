import {readFile, stat} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import {didYouMean} from '../core/closest.js'
import {type BedrockctlError, usageError} from '../core/errors.js'
import {firstLines} from '../core/text.js'
import type {Project} from './project.schema.js'

/** A project and the file it stands in; null: nothing is declared and the defaults hold. */
export interface FoundProject {
  readonly file: string | null
  readonly project: Project
}

const PROJECT_FILE = 'bedrockctl.yaml'
const LARGEST_BYTES = 1024 * 1024
/** As many problems are told; the rest is a number. */
const TOLD = 12

/** Reads bedrockctl.yaml: the file named, or the first one from `folder` up to the root of its repository. */
export async function readProject(named: string | undefined, folder: string): Promise<FoundProject> {
  const file = named ?? (await findUpwards(folder))
  if (file === undefined) return {file: null, project: await defaults()}
  return {file, project: await parse(file, await readText(file))}
}

async function defaults(): Promise<Project> {
  const {projectSchema} = await import('./project.schema.js')
  return projectSchema.parse({version: 1})
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

async function readText(file: string): Promise<string> {
  try {
    const {size} = await stat(file)
    if (size > LARGEST_BYTES) throw invalid(file, [`${size} bytes: more than a project file can need`])
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'fault' in cause) throw cause
    throw usageError('PROJECT_UNREADABLE', `${file} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name another file with --project.',
      cause,
    })
  }
}

async function parse(file: string, text: string): Promise<Project> {
  const [{LineCounter, parseDocument}, {projectSchema}] = await Promise.all([
    import('./parse-yaml.js'),
    import('./project.schema.js'),
  ])
  const lines = new LineCounter()
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false, uniqueKeys: true})
  if (document.errors.length > 0) {
    const told = document.errors.map(({pos, message}) => `line ${lines.linePos(pos[0]).line}: ${message}`)
    throw invalid(file, told)
  }
  const parsed = projectSchema.safeParse(toValue(file, document))
  if (parsed.success) return parsed.data
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true)
      const start = (node as {range?: readonly number[]} | null | undefined)?.range?.[0]
      if (start !== undefined) return lines.linePos(start).line
    }
    return 1
  }
  const problems = parsed.error.issues.flatMap((issue): readonly Problem[] => {
    if (issue.code !== 'unrecognized_keys') return [{path: issue.path, text: issue.message}]
    return issue.keys.map((key) => {
      const meant = didYouMean(key, knownKeys(projectSchema, issue.path))
      return {path: [...issue.path, key], text: `unknown key${meant === undefined ? '' : `. ${meant}`}`}
    })
  })
  const placed = problems.map(({path, text: said}) => ({
    line: lineOf(path),
    said: `${path.join('.') || 'the document'}: ${said}`,
  }))
  throw invalid(
    file,
    placed.toSorted((a, b) => a.line - b.line).map(({line, said}) => `line ${line}: ${said}`),
  )
}

interface Problem {
  readonly path: readonly PropertyKey[]
  readonly text: string
}

/** A few lines of aliases can stand for gigabytes; `yaml` counts them. */
function toValue(file: string, document: {toJS: (options: {maxAliasCount: number}) => unknown}): unknown {
  try {
    return document.toJS({maxAliasCount: 100}) ?? {}
  } catch (cause) {
    throw invalid(file, [cause instanceof Error ? cause.message : String(cause)])
  }
}

/** Keys that stand at a place of the schema; wrappers such as defaults are looked through. */
function knownKeys(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  let current = unwrap(schema)
  for (const part of path) {
    const {shape, element} = current
    current = unwrap(typeof part === 'number' ? element : shape?.[String(part)])
  }
  return Object.keys(current.shape ?? {})
}

interface SchemaNode {
  readonly shape?: Readonly<Record<string, unknown>>
  readonly element?: unknown
  readonly def?: {readonly innerType?: unknown}
}

function unwrap(schema: unknown): SchemaNode {
  const node = (schema ?? {}) as SchemaNode
  return node.def?.innerType === undefined ? node : unwrap(node.def.innerType)
}

function invalid(file: string, problems: readonly string[]): BedrockctlError {
  return usageError('PROJECT_INVALID', `${file} does not say what bedrockctl.yaml may say.`, {
    why: firstLines(problems, TOLD),
    hint: 'Correct these lines; docs/guides/project-file.md lists every key.',
  })
}
