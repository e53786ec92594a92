import type {CustomModelFacts} from '../catalog/custom-models.schema.js'
import {attempt} from '../core/attempt.js'
import type {S3Place} from '../jobs/ports.js'
import type {PreflightCheck} from '../jobs/preflight/preflight.schema.js'
import type {AccountFrame} from './account-frame.js'
import type {Connection} from './connect.js'
import type {CustomizationWords} from './customization-words.js'
import {onlineSession} from './online-session.js'
import {takeSnapshot} from './take-snapshot.js'

/** Where the data of a job is, and whether it is uploaded first. */
export interface PlacedData {
  readonly at: S3Place
  readonly upload: boolean
}

/** Whether the base can be customised so; read from the catalog alone. */
export async function judgeWords(
  {base, baseModel, grader, region, teacher, tuning, type, validation}: CustomizationWords,
  facts: CustomModelFacts,
  {catalog}: Pick<Connection, 'catalog'>,
): Promise<readonly PreflightCheck[]> {
  const {judgeBase} = await import('../customizations/create/judge-base.js')
  const hasValidation = validation.length > 0
  const model = catalog.model(base?.modelId ?? '')
  return judgeBase({base, baseModel, grader, region, teacher, tuning, type, hasValidation}, facts, model)
}

/** Whether the name of the model is free, and there is room for job and model. */
export async function readNames(
  modelName: string,
  region: string,
  {connection, signal}: Pick<AccountFrame, 'connection' | 'signal'>,
): Promise<readonly PreflightCheck[]> {
  const session = onlineSession(connection, 'Customization jobs')
  const [source, quotaSource, {judgeNames}] = await Promise.all([
    session.customizations(),
    session.quotas(),
    import('../customizations/create/judge-names.js'),
  ])
  const [model, models, openJobs, quotas] = await Promise.all([
    attempt(source.model(region, modelName, signal)),
    attempt(source.models(region, signal)),
    attempt(source.jobs(region, {state: 'InProgress'}, signal)),
    attempt(quotaSource.listQuotas(region, signal)),
  ])
  return judgeNames(modelName, {
    model: model.error ? model.error.message : model.value,
    models: models.error ? models.error.message : models.value.length,
    openJobs: openJobs.value ?? openJobs.error.message,
    quotas: quotas.value
      ? new Map(quotas.value.flatMap(({code, value}) => (value === null ? [] : [[code, value] as const])))
      : quotas.error.message,
  })
}

/** Reads role, buckets, keys and network, and judges them. */
export async function readRights(
  words: CustomizationWords,
  data: readonly PlacedData[],
  frame: AccountFrame,
): Promise<{readonly roleArn: string; readonly checks: readonly PreflightCheck[]}> {
  const {account, baseModel, callerArn, grader, kmsKey, partition, region, results, role, teacher, vpc} = words
  const [{jobAccountReads}, {openJobAccount}, {judgeJobAccount}, {createLegs, roleLegs}, {decideAccess}] =
    await Promise.all([
      import('../jobs/preflight/account-reads.js'),
      import('../jobs/preflight/open-job-account.js'),
      import('../jobs/preflight/judge-job-account.js'),
      import('../customizations/create/create-legs.js'),
      import('../jobs/preflight/decide-access.js'),
    ])
  const keys = kmsKey === null ? [] : [kmsKey]
  const buckets = [...data.map(({at}) => at.bucket), results.bucket]
  const {narrowed, reads} = jobAccountReads(buckets, {keys, inVpc: vpc !== null, more: []})
  const {settings, toolVersion} = frame
  const {snapshot} = await takeSnapshot(
    {reads, narrowed, settings: {...settings, regions: [region]}, toolVersion},
    frame.connection,
    frame,
  )
  const known = openJobAccount(snapshot, {role, callerArn, account, partition, bucketOwner: account})
  const place = {partition, account, region}
  const mend = mendOf(words, data)
  const {places, rights} = judgeJobAccount(
    {
      place,
      job: 'model-customization-job',
      create: createLegs(place, baseModel),
      data: [...data.map((one) => readBy(one, account)), writtenTo(results, account)],
      modelKey: kmsKey,
      vpc,
      mend,
    },
    known,
  )
  const legs = known.role === undefined ? [] : roleLegs(place, {teacher, grader})
  const fine = teacher === undefined ? 'The role may call the grader.' : 'The role may call the teacher.'
  const own = legs.length === 0 ? [] : [decideAccess({id: 'role-invoke', fine, legs, fix: mend(null)}, known)]
  return {roleArn: known.roleArn, checks: [...rights, ...own, ...places]}
}

function readBy({at, upload}: PlacedData, owner: string) {
  return {purpose: 'data', at, example: at, upload, role: 'reads', owner, key: null} as const
}

function writtenTo(results: S3Place, owner: string) {
  const prefix = results.key === '' || results.key.endsWith('/') ? results.key : `${results.key}/`
  const example = {bucket: results.bucket, key: `${prefix}model-customization-job-abcdefghijkl/metrics.csv`}
  return {purpose: 'results', at: results, example, upload: false, role: 'writes', owner, key: null} as const
}

/** What prints the policies that caller and role need. */
function mendOf({base, region, results, role}: CustomizationWords, data: readonly PlacedData[]) {
  const uri = ({bucket, key}: S3Place) => `s3://${bucket}/${key}`
  return (keyArn: string | null): string =>
    [
      `bedrockctl iam generate --workload customization --from ${region}`,
      ...(base === undefined ? [] : [`--model ${base.modelId}`]),
      ...[...new Set(data.map(({at}) => uri(at)))].map((place) => `--read-from ${place}`),
      `--write-to ${uri(results)}`,
      ...(keyArn === null ? [] : [`--kms-key ${keyArn}`]),
      `--role-name ${role.slice(role.lastIndexOf('/') + 1)}`,
    ].join(' ')
}
