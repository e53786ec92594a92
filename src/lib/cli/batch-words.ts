import type {PlanFile} from '../batch/plan/plan.schema.js'
import type {BatchApi} from '../batch/ports.js'
import type {BatchSupport} from '../batch/support/batch-support.js'
import type {BatchTarget, BatchWay} from '../batch/support/batch-target.js'
import type {Settings} from '../config/settings.js'
import {parseArn} from '../core/arn.js'
import {usageError} from '../core/errors.js'
import type {S3Place} from '../jobs/ports.js'
import type {BatchPlanFlags} from './batch-flags.js'
import type {Connection} from './connect.js'
import {readKey, readTags, readVpc} from './job-words.js'
import {offersFor} from './offers-for.js'
import {onlineSession} from './online-session.js'
import type {Progress} from './progress.js'

/** What the flags of a plan say, once every name in them is known. */
export interface BatchWords {
  readonly account: string
  readonly partition: string
  readonly callerArn: string
  readonly region: string
  readonly target: BatchTarget
  readonly route: BatchWay['route'] | null
  /** Why the job names something else than was typed; null where it does not. */
  readonly why: string | null
  /** What the job names. */
  readonly modelId: string
  readonly baseModelId: string
  readonly support: BatchSupport
  readonly api: BatchApi | undefined
  readonly role: string
  readonly staging: S3Place
  readonly results: S3Place
  readonly bucketOwner: string
  readonly kmsKey: string | null
  readonly vpc: PlanFile['vpc']
  readonly tags: Readonly<Record<string, string>>
  readonly timeoutHours: number | null
  readonly group: string | undefined
  readonly maxJobs: number | undefined
  readonly skipRejected: boolean
  readonly project: string | undefined
}

interface Frame {
  readonly connection: Connection
  readonly settings: Settings
  readonly signal: AbortSignal
  readonly progress: Progress
  readonly warn: (text: string) => void
}

/** Understands the flags: which model by which way, in which Region, of whose account. */
export async function settleBatchWords(flags: BatchPlanFlags, frame: Frame): Promise<BatchWords> {
  const {connection, settings, signal} = frame
  const {model, role, staging} = requiredWords(flags)
  const [{sourceRegion}, {readS3Uri}, {resolveReference}] = await Promise.all([
    import('../routing/select-regions.js'),
    import('../jobs/s3-uri.js'),
    import('../models/references/resolve-base-models.js'),
  ])
  const {catalog} = connection
  const given = checkedWords(flags)
  const stagingPlace = readS3Uri(staging, 'place for the records')
  const resultsPlace =
    flags.results === undefined ? beside(stagingPlace) : readS3Uri(flags.results, 'place for results')
  const region = sourceRegion(
    {model, from: undefined, asked: settings.regions, configured: connection.configuredRegion},
    catalog,
  )
  const session = onlineSession(connection, 'Where batch jobs run')
  const [identity, {offers}, references, batch] = await Promise.all([
    session.identity().then((source) => source.whoAmI(signal)),
    offersFor([region], settings, connection, frame),
    session.references(),
    catalog.batch(),
  ])
  const reference = await resolveReference(model, {catalog, offers, references}, signal)
  const [{baseModelOf, batchTarget, nameOfTarget}, {batchSupport}, {chooseWay}] = await Promise.all([
    import('../batch/support/batch-target.js'),
    import('../batch/support/batch-support.js'),
    import('../batch/plan/choose-way.js'),
  ])
  const live = offers.find((offer) => offer.region === region && offer.origin.kind !== 'bundle')
  const facts = {catalog, batch, profileIds: live && new Set(live.profiles.map(({id}) => id))}
  const way = chooseWay({target: batchTarget(reference), region, route: flags.route}, facts)
  return {
    account: identity.account,
    partition: parseArn(identity.arn)?.partition ?? 'aws',
    callerArn: identity.arn,
    region,
    ...way,
    modelId: nameOfTarget(way.target),
    baseModelId: baseModelOf(way.target) ?? nameOfTarget(way.target),
    support: batchSupport(way.target, region, facts),
    role,
    staging: stagingPlace,
    results: resultsPlace,
    bucketOwner: flags['bucket-owner'] ?? identity.account,
    ...given,
    maxJobs: flags['max-jobs'],
    skipRejected: flags['skip-rejected'],
    project: flags.project,
  }
}

/** The flags without which there is no plan; all that are missing are told at once. */
function requiredWords({model, role, staging}: BatchPlanFlags) {
  if (model !== undefined && role !== undefined && staging !== undefined) return {model, role, staging}
  const missing = [
    ...(model === undefined ? ['--model ID'] : []),
    ...(role === undefined ? ['--role NAME'] : []),
    ...(staging === undefined ? ['--staging s3://BUCKET/PREFIX'] : []),
  ]
  throw usageError('FLAGS_MISSING', `A plan needs ${missing.join(', ')}.`, {
    hint: `Add ${missing.join(' ')}`,
    actions: ['bedrockctl batch plan --help'],
  })
}

const GROUP = /^[a-zA-Z0-9](?:-?[a-zA-Z0-9])*$/
const MOST_GROUP = 40

type Given = Pick<BatchWords, 'api' | 'group' | 'kmsKey' | 'tags' | 'timeoutHours' | 'vpc'>

function checkedWords(flags: BatchPlanFlags): Given {
  const {api, group} = flags
  const kmsKey = readKey(flags['kms-key'])
  if (group !== undefined && (!GROUP.test(group) || group.length > MOST_GROUP)) {
    throw usageError('BAD_GROUP', `"${group}" is no name of a group.`, {
      hint: `Letters, digits and single hyphens between them, ${MOST_GROUP} at most: names of jobs begin with it.`,
    })
  }
  if (!/^\d{12}$/.test(flags['bucket-owner'] ?? '000000000000')) {
    throw usageError('BAD_ACCOUNT', `"${flags['bucket-owner'] ?? ''}" is no account id.`, {
      hint: 'It has twelve digits.',
    })
  }
  return {
    api: api === undefined ? undefined : api === 'converse' ? 'Converse' : 'InvokeModel',
    group,
    kmsKey,
    tags: readTags(flags.tag),
    timeoutHours: flags['timeout-hours'] ?? null,
    vpc: readVpc(flags.subnet, flags['security-group']),
  }
}

/** `s3://bucket/in` → `s3://bucket/results`. */
function beside({bucket, key}: S3Place): S3Place {
  const folder = key.replace(/\/$/, '').replace(/[^/]*$/, '')
  return {bucket, key: `${folder}results`}
}
