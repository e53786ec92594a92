import type {CustomModelFacts} from '../catalog/custom-models.schema.js'
import type {Unread} from '../core/answer.schema.js'
import {parseArn} from '../core/arn.js'
import {attempt} from '../core/attempt.js'
import type {BedrockctlError} from '../core/errors.js'
import {toUnread} from '../core/unread.js'
import type {Verdicts} from '../imports/check/judge-model.js'
import type {S3Place} from '../jobs/ports.js'
import type {JobVpc} from '../jobs/preflight/network.js'
import type {PreflightCheck} from '../jobs/preflight/preflight.schema.js'
import type {AccountFrame} from './account-frame.js'
import {onlineSession} from './online-session.js'
import {takeSnapshot} from './take-snapshot.js'

/** The import that is looked at before it is made. */
export interface ImportWords {
  readonly region: string
  /** Where the files are, or are to be; undefined while they lie on this machine alone. */
  readonly place: S3Place | undefined
  /** The caller puts the files there first. */
  readonly upload: boolean
  readonly role: string | undefined
  readonly name: string | undefined
  readonly kmsKey: string | null
  readonly vpc: JobVpc | null
  /** Account that owns the bucket; undefined: this one. */
  readonly bucketOwner: string | undefined
}

export interface ImportAccount {
  readonly verdicts: Verdicts
  readonly unread: readonly Unread[]
}

/** Reads role, bucket, quotas, running imports and names, and judges them; what cannot be read is told as unread. */
export async function readImportAccount(
  words: ImportWords,
  facts: CustomModelFacts['imports'],
  frame: AccountFrame,
): Promise<ImportAccount> {
  const {connection, signal} = frame
  const {region} = words
  const session = onlineSession(connection, 'The account of an import')
  const [models, running, quotas, preflight, {judgeAccount}] = await Promise.all([
    attempt(session.imports().then((source) => source.models(region, signal))),
    attempt(session.imports().then((source) => source.jobs(region, {state: 'InProgress'}, signal))),
    attempt(session.quotas().then((source) => source.listQuotas(region, signal))),
    attempt(readPreflight(words, frame)),
    import('../imports/check/judge-account.js'),
  ])
  const wantsPlaces = words.place !== undefined || words.role !== undefined
  const verdicts = judgeAccount(
    {
      region,
      name: words.name,
      preflight: preflight.value ?? [],
      notAsked: notAsked(words, preflight.error),
      models: models.value ?? models.error.message,
      running: running.value ?? running.error.message,
      quotas: quotas.value
        ? new Map(quotas.value.flatMap(({code, value}) => (value === null ? [] : [[code, value] as const])))
        : quotas.error.message,
    },
    facts,
  )
  const failed = (error: BedrockctlError | undefined, action: string): readonly Unread[] =>
    error ? [toUnread(error, region, action)] : []
  const unread = [
    ...failed(models.error, 'bedrock:ListImportedModels'),
    ...failed(running.error, 'bedrock:ListModelImportJobs'),
    ...failed(quotas.error, 'servicequotas:ListServiceQuotas'),
    ...failed(wantsPlaces ? preflight.error : undefined, 'iam:GetAccountAuthorizationDetails'),
    ...(preflight.value ?? []).flatMap(({said, verdict}) =>
      verdict === 'unknown' ? [{region, action: 'preflight', code: 'UNKNOWN', reason: said}] : [],
    ),
  ]
  return {verdicts, unread}
}

function notAsked({kmsKey, place, role, vpc}: ImportWords, error: BedrockctlError | undefined) {
  const failed = error && `not judged: ${error.message}`
  const noRole = role === undefined ? 'not judged: no --role is named' : failed
  const noPlace = place === undefined ? 'not judged: the model is not in S3 yet' : failed
  const both = noPlace ?? noRole
  return {
    ...(noPlace !== undefined && {bucketRegion: noPlace, bucketOwner: noPlace}),
    keys: both ?? 'not looked at: IMP-27',
    roleRead: both ?? 'not looked at: IMP-27',
    ...(noRole !== undefined && {role: noRole, caller: noRole}),
    network: vpc === null ? 'The job runs in no VPC of yours.' : (noRole ?? 'not judged'),
    modelKey: kmsKey === null ? 'The model is encrypted with a key of AWS.' : (noRole ?? 'not judged'),
  }
}

/** Nothing is read of the account where neither a bucket nor a role is named. */
async function readPreflight(words: ImportWords, frame: AccountFrame): Promise<readonly PreflightCheck[]> {
  const {kmsKey, place, region, role, upload, vpc} = words
  if (place === undefined && role === undefined) return []
  const {connection, settings, signal} = frame
  const session = onlineSession(connection, 'The account of an import')
  const [identity, {jobAccountReads}] = await Promise.all([
    session.identity().then((source) => source.whoAmI(signal)),
    import('../jobs/preflight/account-reads.js'),
  ])
  const buckets = place === undefined ? [] : [place.bucket]
  const wanted = jobAccountReads(buckets, {keys: kmsKey === null ? [] : [kmsKey], inVpc: vpc !== null, more: []})
  const reads = role === undefined ? (['s3:buckets'] as const) : wanted.reads
  const {snapshot} = await takeSnapshot(
    {reads, narrowed: wanted.narrowed, settings: {...settings, regions: [region]}, toolVersion: frame.toolVersion},
    connection,
    frame,
  )
  const bucketOwner = words.bucketOwner ?? identity.account
  if (role === undefined) {
    const {judgeBucket} = await import('../jobs/preflight/buckets.js')
    return buckets.flatMap((bucket) => judgeBucket({bucket, purpose: 'bucket', owner: bucketOwner, region}, snapshot))
  }
  const [{openJobAccount}, {judgeJobAccount}, {createLegs}, {formatS3Uri}] = await Promise.all([
    import('../jobs/preflight/open-job-account.js'),
    import('../jobs/preflight/judge-job-account.js'),
    import('../imports/create-legs.js'),
    import('../jobs/s3-uri.js'),
  ])
  const partition = parseArn(identity.arn)?.partition ?? 'aws'
  const where = {partition, account: identity.account, region}
  const {places, rights} = judgeJobAccount(
    {
      place: where,
      job: 'model-import-job',
      create: createLegs(where),
      data: place === undefined ? [] : [dataAt(place, bucketOwner, upload)],
      modelKey: kmsKey,
      vpc,
      mend: (key) =>
        [
          `bedrockctl iam generate --workload import --from ${region}`,
          ...(place === undefined ? [] : [`--read-from ${formatS3Uri(place)}`]),
          ...(key === null ? [] : [`--kms-key ${key}`]),
          `--role-name ${role.slice(role.lastIndexOf('/') + 1)}`,
        ].join(' '),
    },
    openJobAccount(snapshot, {role, callerArn: identity.arn, account: identity.account, partition, bucketOwner}),
  )
  return [...rights, ...places]
}

function dataAt(place: S3Place, owner: string, upload: boolean) {
  const prefix = place.key === '' || place.key.endsWith('/') ? place.key : `${place.key}/`
  const example = {bucket: place.bucket, key: `${prefix}config.json`}
  return {purpose: 'model', at: place, example, listed: prefix, upload, role: 'reads', owner, key: null} as const
}
