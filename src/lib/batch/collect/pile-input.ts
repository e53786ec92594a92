import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {BucketOwner, ObjectStore, S3Place} from '../../jobs/ports.js'
import {parseS3Uri, readS3Uri} from '../../jobs/s3-uri.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {inputDifference} from '../plan/input-difference.js'
import type {PlanFile} from '../plan/plan.schema.js'
import type {BatchCollect} from './batch-collect.schema.js'
import {storedSource} from './job-outputs.js'
import type {InputPart} from './pile.js'
import {openShards} from './shards-source.js'

export interface InputPorts {
  readonly store: Pick<ObjectStore, 'head' | 'list' | 'read'>
  readonly openFile: (path: string) => Promise<ByteSource>
  /** Where the object of a shard of the first round is. */
  readonly placeOfShard: (plan: PlanFile, shard: number) => S3Place
}

export interface OpenedInput extends Pick<BatchCollect, 'input'> {
  readonly parts: readonly InputPart[]
  /** Why the records were read from elsewhere than the plan says; null where they were not. */
  readonly difference: string | null
  readonly notes: readonly string[]
}

/** The records of a plan: its input while its bytes are what they were, else the shards that were uploaded of it. */
export async function openPlanInput(
  plan: PlanFile,
  {openFile, placeOfShard, store}: InputPorts,
  owner: BucketOwner,
  signal?: AbortSignal,
): Promise<OpenedInput> {
  const {name} = plan.input
  const segments = plan.shards.flatMap((shard) => shard.segments).toSorted(([a], [b]) => a - b)
  const own = await (name.startsWith('s3://')
    ? openObject(readS3Uri(name, 'input', 'any'), store, owner, signal)
    : openFile(name).catch(orNone))
  const difference = own ? await inputDifference(own, plan, signal) : 'It is gone.'
  if (own && difference === undefined) {
    return {parts: [{source: own, segments}], input: {name, origin: 'plan'}, notes: [], difference: null}
  }
  const source = await openShards(plan, (shard) => placeOfShard(plan, shard), store, owner, signal)
  const what = own === undefined ? 'is gone' : 'was changed since the plan'
  const note = `${name} ${what}: the records were read from the shards in ${plan.staging}.`
  return {parts: [{source, segments}], input: {name, origin: 'shards'}, notes: [note], difference: difference ?? null}
}

/** The records that jobs name as their input: one object each, or all `.jsonl` below a prefix. */
export async function openJobInputs(
  jobs: readonly {readonly inputUri: string}[],
  store: InputPorts['store'],
  owner: BucketOwner,
  signal?: AbortSignal,
): Promise<OpenedInput> {
  const uris = [...new Set(jobs.map(({inputUri}) => inputUri))]
  const parts: InputPart[] = []
  for (const uri of uris) {
    const sources = await listInputs(uri, store, owner, signal)
    if (sources.length === 0) throw inputGone(uri)
    parts.push(...sources.map((source) => ({source, segments: [[0, source.bytes]] as const})))
  }
  const more = uris.length > 1 ? ` and ${uris.length - 1} more` : ''
  return {parts, input: {name: `${uris[0] ?? 'nothing'}${more}`, origin: 'jobs'}, notes: [], difference: null}
}

async function listInputs(
  uri: string,
  store: InputPorts['store'],
  owner: BucketOwner,
  signal: AbortSignal | undefined,
): Promise<readonly ByteSource[]> {
  const parsed = parseS3Uri(uri, 'any')
  if ('problems' in parsed) return []
  const {bucket, key} = parsed.place
  if (key.endsWith('.jsonl')) {
    const one = await openObject(parsed.place, store, owner, signal)
    if (one) return [one]
  }
  const folder = key === '' || key.endsWith('/') ? key : `${key}/`
  const sources: ByteSource[] = []
  for await (const object of store.list(bucket, folder, owner, signal)) {
    if (object.key.endsWith('.jsonl')) sources.push(storedSource(object, store, owner))
  }
  return sources
}

async function openObject(
  place: S3Place,
  store: InputPorts['store'],
  owner: BucketOwner,
  signal: AbortSignal | undefined,
): Promise<ByteSource | undefined> {
  const found = await store.head(place, owner, signal)
  return found && storedSource(found, store, owner)
}

function orNone(cause: unknown): undefined {
  if (cause instanceof Error && 'code' in cause && cause.code === 'INPUT_MISSING') return undefined
  throw cause
}

function inputGone(uri: string): BedrockctlError {
  return usageError('INPUT_MISSING', `There are no records in ${uri} any more.`, {
    why: 'Answers are joined to the records that they were asked for.',
    hint: 'Put the input back where the job had it.',
  })
}
