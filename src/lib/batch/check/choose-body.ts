import type {Catalog} from '../../catalog/catalog.js'
import {findModel} from '../../catalog/model-lookup.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {JsonTape} from '../../jsonl/json-tape.js'
import {readLines} from '../../jsonl/lines.js'
import {refuseOtherFormat} from '../../jsonl/other-format.js'
import {detectFamily} from '../bodies/detect-family.js'
import type {BodyFamily, FamilyId} from '../bodies/family.js'
import {assertApi, familyById, familyOf, takesConverse} from '../bodies/family-of.js'
import type {BatchApi} from '../ports.js'

/** What bodies are held against, and how that was settled. */
export interface BodyChoice {
  readonly family: BodyFamily | undefined
  readonly api: BatchApi | undefined
  readonly by: 'model' | 'records'
}

export interface BodyQuestion {
  /** As it was typed. */
  readonly model: string | undefined
  readonly api: BatchApi | undefined
}

type Models = Pick<Catalog, 'model' | 'models' | 'profile'>

/** The first records are looked at, in so many bytes. */
const SAMPLE_BYTES = 64 * 1024
const SAMPLE_LINE_BYTES = 4 * 1024 * 1024

/**
 * Settles the schema of bodies: by the model where one is named, else by what the first records look like. An input that
 * is no text at all is refused.
 */
export async function chooseBody(source: ByteSource, question: BodyQuestion, catalog: Models): Promise<BodyChoice> {
  await refuseOtherFormat(source)
  const sample = await sampleOf(source)
  return byModel(question, sample, catalog) ?? byRecords(question.api, sample)
}

function byModel({model, api}: BodyQuestion, sample: readonly Buffer[], catalog: Models): BodyChoice | undefined {
  if (model === undefined) return undefined
  assertApi(model, catalog, api)
  const invoke = api === 'Converse' ? undefined : familyOf(model, catalog, 'InvokeModel')
  const converse = api === 'InvokeModel' ? undefined : familyOf(model, catalog, 'Converse')
  if (api !== undefined) return (invoke ?? converse) && {family: invoke ?? converse, api, by: 'model'}
  if (invoke && !takesConverse(model, catalog)) return {family: invoke, api: 'InvokeModel', by: 'model'}
  if (!invoke || !converse) return undefined
  // The service takes records for InvokeModel unless it is told otherwise.
  const isConverse = errorsIn(sample, converse) < errorsIn(sample, invoke)
  return {family: isConverse ? converse : invoke, api: isConverse ? 'Converse' : 'InvokeModel', by: 'model'}
}

function byRecords(api: BatchApi | undefined, sample: readonly Buffer[]): BodyChoice {
  const found = api === 'Converse' ? 'converse' : mostFrequent(sample)
  const family = found && familyById(found)
  return {family, api: api ?? (found && (found === 'converse' ? 'Converse' : 'InvokeModel')), by: 'records'}
}

/** The base model of what was typed: a model, a profile, or the ARN of either; undefined for one that is not known. */
export function namedModel(text: string, catalog: Models): ReturnType<Catalog['model']> {
  const name = text.startsWith('arn:') ? text.slice(text.lastIndexOf('/') + 1) : text
  return catalog.profile(name)?.model ?? findModel(catalog, name)?.model
}

/** The first lines that are records, as text. */
async function sampleOf(source: ByteSource): Promise<readonly Buffer[]> {
  const sample: Buffer[] = []
  const range = {start: 0, end: Math.min(SAMPLE_BYTES, source.bytes)}
  await readLines(source, {range, maxLineBytes: SAMPLE_LINE_BYTES}, ({bytes, start, end, isTooLong}) => {
    if (!isTooLong) sample.push(Buffer.from(bytes.subarray(start, end)))
  })
  return sample
}

function errorsIn(sample: readonly Buffer[], family: BodyFamily): number {
  let errors = 0
  forEachBody(sample, (tape, body) => {
    let isWrong = false
    family.judge(tape, body, ({code, severity}) => {
      isWrong ||= severity === 'error' || code === 'BODY_OF_OTHER_FAMILY'
    })
    if (isWrong) errors += 1
  })
  return errors
}

function mostFrequent(sample: readonly Buffer[]): FamilyId | undefined {
  const counts = new Map<FamilyId, number>()
  forEachBody(sample, (tape, body) => {
    const family = detectFamily(tape, body)
    if (family) counts.set(family, (counts.get(family) ?? 0) + 1)
  })
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

function forEachBody(sample: readonly Buffer[], look: (tape: JsonTape, body: number) => void): void {
  const tape = new JsonTape()
  for (const bytes of sample) {
    if (tape.scan(bytes, 0, bytes.length)) continue
    const body = tape.member(tape.root, 'modelInput')
    if (body >= 0 && tape.isObject(body)) look(tape, body)
  }
}
