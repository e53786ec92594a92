import {readFile} from 'node:fs/promises'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import {isTree} from '../../core/is-tree.js'
import {firstLines} from '../../core/text.js'
import type {PlanFile} from './plan.schema.js'

const TOLD = 8

/** Reads a saved plan; everything wrong with it is told at once. */
export async function readPlan(file: string): Promise<PlanFile> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw usageError('PLAN_UNREADABLE', `${file} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Make one first.',
      actions: ['bedrockctl batch plan FILE --model ID --role NAME --staging s3://BUCKET/PREFIX'],
      cause,
    })
  })
  return readPlanText(file, text)
}

const MADE_ANEW =
  'A plan is made anew with bedrockctl batch plan, not edited by hand. Records are submitted with --model, --role and --staging.'

/** The plan that a text holds; `file` names it in messages, and `hint` says what to do about a damaged one. */
export async function readPlanText(file: string, text: string, hint = MADE_ANEW): Promise<PlanFile> {
  const damaged = (problems: readonly string[], cause?: unknown) => planDamaged(file, problems, hint, cause)
  const {planFileSchema} = await import('./plan.schema.js')
  const document = parse(text, damaged)
  if (!isTree(document) || document['kind'] !== 'bedrockctl-batch-plan') {
    throw damaged(['It does not say "kind": "bedrockctl-batch-plan", as every plan does.'])
  }
  const parsed = planFileSchema.safeParse(document)
  if (!parsed.success) {
    throw damaged(parsed.error.issues.map(({path, message}) => `${path.join('.') || 'the document'}: ${message}`))
  }
  const plan: PlanFile = parsed.data
  const wrong = shardProblems(plan)
  if (wrong.length > 0) throw damaged(wrong)
  return plan
}

/** What the schema cannot say: segments are in order, in the input, in one shard, and make up the bytes of it. */
function shardProblems({shards, input}: PlanFile): readonly string[] {
  const own = shards.flatMap(({number, bytes, segments}, index) => {
    const sum = segments.reduce((total, [start, end]) => total + end - start, 0)
    return [
      ...(number === index + 1 ? [] : [`shards.${index}: has the number ${number}, not ${index + 1}`]),
      ...(areInOrder(segments, input.bytes) ? [] : [`shards.${index}.segments: are out of order or beyond the input`]),
      ...(sum === bytes ? [] : [`shards.${index}.bytes: its segments have ${sum} bytes, not ${bytes}`]),
    ]
  })
  const all = shards.flatMap(({segments}) => segments).toSorted(([a], [b]) => a - b)
  return own.length > 0 || areInOrder(all, input.bytes) ? own : ['shards: two of them hold the same bytes']
}

function areInOrder(segments: readonly (readonly [number, number])[], most: number): boolean {
  let last = 0
  for (const [start, end] of segments) {
    if (start < last || end <= start || end > most) return false
    last = end
  }
  return true
}

function parse(text: string, damaged: (problems: readonly string[], cause: unknown) => BedrockctlError): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    throw damaged([`${said} (it has ${Buffer.byteLength(text)} bytes)`], cause)
  }
}

function planDamaged(file: string, problems: readonly string[], hint: string, cause: unknown): BedrockctlError {
  return usageError('PLAN_DAMAGED', `${file} is no batch plan, or a damaged one.`, {
    why: firstLines(problems, TOLD),
    hint,
    cause,
  })
}
