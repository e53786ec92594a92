import {BedrockctlError} from '../../core/errors.js'
import type {ObjectStore, S3Place} from '../../jobs/ports.js'
import {MULTIPART_FROM} from '../../jobs/upload-parts.js'
import {inputPlace} from '../submit/job-of-shard.js'
import type {PlannedShard} from '../submit/submit-run.js'

/**
 * Removes what was begun of the upload of a shard that gets no job: parts that nobody completes are paid for until
 * then. Returns how many uploads there were, those included that a killed run did not come to write down; who may not
 * look for them removes the one that the journal has.
 */
export async function endUploads(
  {plan, shard}: PlannedShard,
  store: Pick<ObjectStore, 'abortUpload' | 'openUploads'>,
  signal: AbortSignal,
): Promise<number> {
  const isBegun = shard.state === 'uploading' || (shard.state === 'planned' && shard.plan.bytes >= MULTIPART_FROM)
  if (!isBegun) return 0
  const owner = {region: plan.region, account: plan.bucketOwner ?? plan.account}
  const place: S3Place = inputPlace(plan, shard.number)
  const known = shard.upload === undefined ? [] : [shard.upload.uploadId]
  const open = await store.openUploads(place, owner, signal).catch((failure: unknown) => {
    if (failure instanceof BedrockctlError && failure.fault === 'access') return known
    throw failure
  })
  for (const uploadId of new Set([...known, ...open])) await store.abortUpload({...place, uploadId}, owner, signal)
  return open.length
}
