import {usageError} from '../../core/errors.js'
import {uploadObject} from '../../jobs/upload-object.js'
import {MULTIPART_FROM} from '../../jobs/upload-parts.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {inputDifference, otherBytes} from '../plan/input-difference.js'
import type {PlanFile} from '../plan/plan.schema.js'
import {readSegments} from '../plan/read-segments.js'
import {inputPlace} from './job-of-shard.js'
import {isWithheld, type PlannedShard, type SubmitRun} from './submit-run.js'

/** Small shards go side by side; of a large one several parts do. */
const SMALL_AT_ONCE = 4

/** Puts every shard where its job reads it; `onUploaded` is called after each. */
export async function uploadShards(run: SubmitRun, onUploaded: () => void): Promise<void> {
  const pending = shardsToUpload(run)
  const [first] = pending
  if (first === undefined) return
  const source = await run.input.openInput()
  await checkInput(source, pending, run)
  const total = pending.reduce((sum, {shard}) => sum + shard.plan.bytes, 0)
  let bytes = 0
  const onSent = (more: number) => {
    bytes += more
    run.input.tell({kind: 'sent', bytes, total})
  }
  const lanes = pending.every(({shard}) => shard.plan.bytes < MULTIPART_FROM) ? SMALL_AT_ONCE : 1
  const queue = [...pending]
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await uploadShard(next, source, run, onSent)
      onUploaded()
    }
  }
  await Promise.all(Array.from({length: lanes}, work))
}

function shardsToUpload(run: SubmitRun): readonly PlannedShard[] {
  const pending = run.shards.filter(
    ({shard}) => (shard.state === 'planned' || shard.state === 'uploading') && !isWithheld(shard),
  )
  if (run.input.until !== 'fits') return pending
  const waiting = run.shards.filter(({shard}) => shard.state === 'uploaded' || shard.state === 'asked').length
  return pending.slice(0, Math.max(0, run.mostOpen - run.counts.open - waiting))
}

/** A file that was only touched or moved is fine; one with other bytes is refused before anything goes out. */
async function checkInput(source: ByteSource, pending: readonly PlannedShard[], run: SubmitRun): Promise<void> {
  const [first] = pending
  if (first === undefined) return
  const {plan} = first
  const planned = {input: plan.input, shards: pending.map(({shard}) => shard.plan)}
  const why = await inputDifference(source, planned, run.signal, () => run.input.tell({kind: 'input-touched'}))
  if (why !== undefined) throw changed(plan, why)
}

async function uploadShard(
  {plan, shard}: PlannedShard,
  source: ByteSource,
  run: SubmitRun,
  onSent: (bytes: number) => void,
): Promise<void> {
  const {number, bytes, sha256, segments} = shard.plan
  const place = {round: plan.round, shard: number}
  const {etag} = await uploadObject(
    {
      place: inputPlace(plan, number),
      owner: {region: plan.region, account: plan.bucketOwner ?? plan.account},
      bytes,
      sha256,
      options: {contentType: 'application/jsonl'},
      read: (signal) => readSegments(source, segments, signal),
      changed: () => changedShard(plan, number),
      started: shard.upload,
      clearOthers: run.resumed,
    },
    {
      ...run.persistence,
      store: run.ports.store,
      onStarted: ({uploadId, partBytes}) =>
        run.append({kind: 'upload-started', at: run.now, ...place, uploadId, partBytes}),
      onSent,
    },
  )
  await run.append({kind: 'uploaded', at: run.now, ...place, etag, bytes})
}

function changedShard(plan: PlanFile, shard: number) {
  return changed(plan, otherBytes(shard))
}

function changed({group, input}: PlanFile, why: string) {
  return usageError('INPUT_CHANGED', `${input.name} is no longer what the plan of ${group} was made from.`, {
    why,
    hint: 'Put it back as it was and run this again, or plan it anew under another name: batch plan … --group NAME',
  })
}
