import {readFile} from 'node:fs/promises'
import {usageError} from '../../core/errors.js'
import {firstLines} from '../../core/text.js'
import type {RunHead, RunSummary} from '../metrics/summary.schema.js'

const TOLD = 8

/** `summary.json` of a run; undefined where there is none. */
export async function readSummary(path: string): Promise<RunSummary | undefined> {
  const document = await readDocument(path)
  if (document === undefined) return undefined
  const {runSummarySchema} = await import('../metrics/summary.schema.js')
  const parsed = runSummarySchema.safeParse(document.value)
  if (parsed.success) return parsed.data
  throw damaged(path, parsed.error.issues)
}

/** `plan.json` of a run; undefined where there is none. */
export async function readHead(path: string): Promise<RunHead | undefined> {
  const document = await readDocument(path)
  if (document === undefined) return undefined
  const {runHeadSchema} = await import('../metrics/summary.schema.js')
  const parsed = runHeadSchema.safeParse(document.value)
  if (parsed.success) return parsed.data
  throw damaged(path, parsed.error.issues)
}

async function readDocument(path: string): Promise<{readonly value: unknown} | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) {
      return undefined
    }
    throw usageError('RUN_UNREADABLE', `${path} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Check the file and its permissions.',
      cause,
    })
  }
  try {
    return {value: JSON.parse(text)}
  } catch (cause) {
    throw damaged(path, [{path: [], message: cause instanceof Error ? cause.message : 'it is no JSON'}])
  }
}

function damaged(path: string, issues: readonly {readonly path: readonly PropertyKey[]; readonly message: string}[]) {
  const lines = issues.map((issue) => `${issue.path.map(String).join('.') || 'the document'}: ${issue.message}`)
  return usageError('RUN_DAMAGED', `${path} is not what bedrockctl writes about a run.`, {
    why: firstLines(lines, TOLD),
    hint: 'A result file of another tool is read with bedrockctl bench import.',
  })
}
