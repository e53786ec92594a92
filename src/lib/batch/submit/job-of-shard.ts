import {createHash} from 'node:crypto'
import type {S3Place} from '../../jobs/ports.js'
import {below, formatS3Uri, readS3Uri} from '../../jobs/s3-uri.js'
import type {PlanFile, PlanShard} from '../plan/plan.schema.js'
import type {BatchJobRequest} from '../ports.js'

/** Name of a shard's job; by it a job is known to belong to its group. */
export function jobNameOf({group, round}: PlanFile, shard: number): string {
  return `${group}-r${round}-${padded(shard)}`
}

/** Where the records of a shard are put. */
export function inputPlace({group, round, staging}: PlanFile, shard: number): S3Place {
  return below(readS3Uri(staging, 'place for records'), `${group}/r${round}/${padded(shard)}.jsonl`)
}

/**
 * Where the service puts the answers of a shard: below it, in a folder with the id of the job. Those of a round on
 * demand lie in a folder of that name.
 */
export function outputUri({group, round, results, way}: PlanFile, shard: number): string {
  const folder = way === undefined ? `${padded(shard)}/` : ''
  return formatS3Uri(below(readS3Uri(results, 'place for answers'), `${group}/r${round}/${folder}`))
}

/** The object for the answers of a shard on demand. */
export function onDemandPlace({group, round, results}: PlanFile, shard: number): S3Place {
  return below(readS3Uri(results, 'place for answers'), `${group}/r${round}/on-demand/${padded(shard)}.jsonl.out`)
}

/** The job of a shard. Whoever asks again for the same bytes and the same job asks with the same token. */
export function jobRequest(plan: PlanFile, shard: PlanShard): BatchJobRequest {
  const {account, api, bucketOwner = account, group, kmsKeyId, modelId, roleArn, round, tags, timeoutHours, vpc} = plan
  const request = {
    name: jobNameOf(plan, shard.number),
    modelId,
    roleArn,
    api,
    inputUri: formatS3Uri(inputPlace(plan, shard.number)),
    outputUri: outputUri(plan, shard.number),
    ...(kmsKeyId !== null && {outputKmsKey: kmsKeyId}),
    bucketOwner,
    ...(timeoutHours !== null && {timeoutHours}),
    ...(vpc && {vpc}),
    tags: {
      ...tags,
      'bedrockctl:group': group,
      'bedrockctl:round': String(round),
      'bedrockctl:shard': String(shard.number),
    },
  }
  const content = JSON.stringify([shard.sha256, request])
  return {...request, clientRequestToken: createHash('sha256').update(content).digest('hex')}
}

function padded(shard: number): string {
  return String(shard).padStart(4, '0')
}
