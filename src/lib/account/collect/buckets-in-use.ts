import {parseArn} from '../../core/arn.js'
import type {BucketUse, Subjects} from '../ports/readers.js'
import type {KnownValues} from './known-values.js'

type Found = readonly [bucket: string | null | undefined, use: BucketUse]

/** Buckets that hold logs, models, batch data, documents or trails, as the resources of the account name them. */
export function bucketsInUse(known: KnownValues): Subjects['s3:buckets'] {
  const found = [...logBuckets(known), ...modelBuckets(known), ...batchBuckets(known), ...otherBuckets(known)]
  const uses = new Map<string, BucketUse[]>()
  for (const [bucket, use] of found) {
    if (bucket) uses.set(bucket, [...(uses.get(bucket) ?? []), use])
  }
  return [...uses].map(([name, its]) => ({name, uses: its})).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function logBuckets(known: KnownValues): readonly Found[] {
  const read = 'bedrock:invocation-logging'
  return known.values(read).flatMap(({region, value}): readonly Found[] => [
    [value?.s3?.bucket, {read, region, purpose: 'invocation logs'}],
    [value?.cloudWatch?.largeData?.bucket, {read, region, purpose: 'large invocation data'}],
  ])
}

function modelBuckets(known: KnownValues): readonly Found[] {
  const custom = known.values('bedrock:custom-models').flatMap(({region, value}) =>
    value.flatMap(({detail}): readonly Found[] => {
      if (detail.status !== 'read') return []
      const read = 'bedrock:custom-models'
      return [
        [bucketOf(detail.value.trainingUri), {read, region, purpose: 'training data'}],
        [bucketOf(detail.value.outputUri), {read, region, purpose: 'training output'}],
      ]
    }),
  )
  const imported = known.values('bedrock:imported-models').flatMap(({region, value}) =>
    value.flatMap(({detail}): readonly Found[] => {
      if (detail.status !== 'read') return []
      return [[bucketOf(detail.value.sourceUri), {read: 'bedrock:imported-models', region, purpose: 'model files'}]]
    }),
  )
  return [...custom, ...imported]
}

function batchBuckets(known: KnownValues): readonly Found[] {
  const read = 'bedrock:batch-jobs'
  return known.values(read).flatMap(({region, value}) =>
    value.flatMap(({inputUri, outputUri}): readonly Found[] => [
      [bucketOf(inputUri), {read, region, purpose: 'batch input'}],
      [bucketOf(outputUri), {read, region, purpose: 'batch output'}],
    ]),
  )
}

function otherBuckets(known: KnownValues): readonly Found[] {
  const documents = known.values('bedrock-agent:knowledge-bases').flatMap(({region, value}) =>
    value.flatMap(({dataSources}) =>
      (dataSources.status === 'read' ? dataSources.value : []).flatMap(({detail}): readonly Found[] => {
        const arn = detail.status === 'read' ? detail.value.bucketArn : null
        const purpose = 'knowledge base documents'
        return [
          [arn === null ? null : parseArn(arn)?.resource, {read: 'bedrock-agent:knowledge-bases', region, purpose}],
        ]
      }),
    ),
  )
  const trails = known
    .values('cloudtrail:trails')
    .flatMap(({region, value}) =>
      value.map(({bucket}): Found => [bucket, {read: 'cloudtrail:trails', region, purpose: 'trail'}]),
    )
  return [...documents, ...trails]
}

function bucketOf(uri: string | null): string | undefined {
  return uri === null ? undefined : /^s3:\/\/([^/]+)/.exec(uri)?.[1]
}
