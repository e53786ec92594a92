import type {ByteSource} from '../../jsonl/byte-source.js'
import {hashSegments} from './hash-segments.js'
import type {PlanFile, PlanShard} from './plan.schema.js'

/** What an input is held against: what its plan says of it, and the shards that are to be read of it. */
export interface PlannedInput {
  readonly input: PlanFile['input']
  readonly shards: readonly Pick<PlanShard, 'number' | 'segments' | 'sha256'>[]
}

/**
 * How an input differs from what a plan was made from, a sentence; undefined where it does not. One that was touched,
 * moved or copied is read, and its bytes decide; `onTouched` is called before that.
 */
export async function inputDifference(
  source: ByteSource,
  {input, shards}: PlannedInput,
  signal: AbortSignal | undefined,
  onTouched?: () => void,
): Promise<string | undefined> {
  if (source.bytes !== input.bytes) return `It has ${source.bytes} bytes; the plan was made from ${input.bytes}.`
  if (source.revision === input.revision) return undefined
  onTouched?.()
  for (const {number, segments, sha256} of shards) {
    if ((await hashSegments(source, segments, signal)) !== sha256) return otherBytes(number)
  }
  return undefined
}

/** Of a shard whose digest is not that of the plan. */
export function otherBytes(shard: number): string {
  return `The records of shard ${shard} have other bytes.`
}
