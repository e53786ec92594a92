import type {ByteSource} from '../../jsonl/byte-source.js'
import {hashSegments} from './hash-segments.js'
import type {PlanShard} from './plan.schema.js'
import type {RecordTally} from './record-tally.js'

/** The shards of a cut, in order, each with the digest of its bytes; `ends` are the records before each cut. */
export async function hashShards(
  source: ByteSource,
  tally: RecordTally,
  ends: readonly number[],
  signal: AbortSignal,
): Promise<readonly PlanShard[]> {
  const shards: PlanShard[] = []
  for (const [index, segments] of tally.segments(ends).entries()) {
    shards.push({
      number: index + 1,
      records: (ends[index] ?? 0) - (ends[index - 1] ?? 0),
      bytes: segments.reduce((sum, [start, end]) => sum + end - start, 0),
      sha256: await hashSegments(source, segments, signal),
      segments,
    })
  }
  return shards
}
