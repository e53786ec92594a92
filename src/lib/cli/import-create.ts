import {parseArn} from '../core/arn.js'
import {type BedrockctlError, usageError} from '../core/errors.js'
import type {ImportCheckResult} from '../imports/check/import-check.schema.js'
import type {ExistingImport} from '../imports/create/find-existing.js'
import type {ImportsCreateResult} from '../imports/create/imports-create.schema.js'
import type {AskedImport} from '../imports/create/name-import.js'
import type {ImportJob, ImportRequest} from '../imports/ports.js'
import type {JobVpc} from '../jobs/preflight/network.js'
import type {CommandFrame} from './base-command.js'
import {bringFiles} from './bring-files.js'
import type {Connection} from './connect.js'
import {type CreateSource, openCreateSource, type SourceWords} from './create-source.js'
import {type ImportDoor, openImports} from './open-imports.js'
import {openPrices} from './price-book.js'
import {refuseOther} from './refuse-other-import.js'

export interface CreateWords extends SourceWords {
  /** Name or ARN. */
  readonly role: string
  readonly kmsKey: string | null
  readonly bucketOwner: string | undefined
  readonly vpc: JobVpc | null
  readonly tags: Readonly<Record<string, string>>
  readonly converse: boolean
  readonly skipChecks: boolean
}

export interface CreateFrame extends CommandFrame {
  readonly note: (text: string) => void
}

/** An import that is looked at and not made yet. */
export interface OpenedCreate {
  readonly planned: ImportsCreateResult
  readonly door: ImportDoor
  readonly connection: Connection
  /** Uploads or unpacks what has to be, and makes the job; undefined where there is nothing to make. */
  readonly make: (() => Promise<{readonly result: ImportsCreateResult; readonly job: ImportJob}>) | undefined
  /** The job, where it was made before. */
  readonly job: ImportJob | undefined
}

/** Looks at an import before it is made: whether it is there, what makes it fail, what it costs. */
export async function openImportCreate(words: CreateWords, frame: CreateFrame): Promise<OpenedCreate> {
  const {settings, signal} = frame
  const connection = await frame.connect()
  const door = await openImports(settings, connection)
  const region = oneRegion(door.regions)
  const source = await openCreateSource(words, region, door, signal)
  const [{formatS3Uri}, {findExisting}, roleArn] = await Promise.all([
    import('../jobs/s3-uri.js'),
    import('../imports/create/find-existing.js'),
    roleArnOf(words.role, door, signal),
  ])
  const asked = askedOf(words, source, roleArn, formatS3Uri(source.place))
  const existing = await findExisting(asked, region, door.source, signal)
  if (existing) await refuseOther(asked, existing, source, {door, region, signal, bucketOwner: words.bucketOwner})
  const base = await describe(asked, source, region, {words, frame, connection, formatS3Uri})
  if (existing) return {planned: withExisting(base, existing), door, connection, make: undefined, job: existing.job}
  const check = await checkOf(source, words, {frame, connection, packed: source.archive !== undefined})
  const planned: ImportsCreateResult = {
    ...base,
    check,
    outcome: check?.gate.passed === false ? 'blocked' : 'would-create',
  }
  if (planned.outcome === 'blocked')
    return {planned: blockedBy(planned), door, connection, make: undefined, job: undefined}
  const make = () => makeImport(asked, source, planned, {words, frame, door, connection, region})
  return {planned, door, connection, make, job: undefined}
}

/** What an import came to, with what is known of its job. */
export async function withJob(result: ImportsCreateResult, job: ImportJob, door: ImportDoor, signal: AbortSignal) {
  const [{importRow}, {nextCommands}] = await Promise.all([
    import('../imports/import-row.js'),
    import('../imports/next-commands.js'),
  ])
  const model = job.modelArn === null ? undefined : await door.source.model(job.region, job.modelArn, signal)
  const row = importRow({job, model}, Date.now())
  return {...result, jobName: job.name, import: row, next: nextCommands(row, result.s3Uri)}
}

function oneRegion(regions: readonly string[]): string {
  const [region, ...more] = regions
  if (region !== undefined && more.length === 0) return region
  throw usageError('ONE_REGION', 'A model is imported into one Region.', {hint: 'Name it: --region us-east-1'})
}

async function roleArnOf(text: string, {session}: ImportDoor, signal: AbortSignal): Promise<string> {
  if (parseArn(text)) return text
  const {formatArn} = await import('../core/arn.js')
  const {account, arn} = await (await session.identity()).whoAmI(signal)
  const partition = parseArn(arn)?.partition ?? 'aws'
  return formatArn({partition, service: 'iam', region: '', account, resource: `role/${text}`})
}

function askedOf(
  {kmsKey, tags, vpc}: CreateWords,
  {modelName}: CreateSource,
  roleArn: string,
  s3Uri: string,
): AskedImport {
  return {
    modelName,
    roleArn,
    s3Uri,
    ...(kmsKey !== null && {kmsKeyId: kmsKey}),
    ...(vpc !== null && {vpc}),
    ...(Object.keys(tags).length > 0 && {tags}),
  }
}

interface DescribeFrame {
  readonly words: CreateWords
  readonly frame: CreateFrame
  readonly connection: Connection
  readonly formatS3Uri: typeof import('../jobs/s3-uri.js')['formatS3Uri']
}

async function describe(
  asked: AskedImport,
  source: CreateSource,
  region: string,
  {connection, formatS3Uri, frame, words}: DescribeFrame,
): Promise<ImportsCreateResult> {
  const {unitCost} = await import('../imports/unit-cost.js')
  const {note, progress, settings, signal} = frame
  const {book} = await openPrices(settings, connection, {regions: [region], progress, signal, warn: note})
  const {archive, local} = source
  return {
    schemaVersion: 1,
    simulated: connection.simulated(),
    unread: [],
    outcome: 'would-create',
    region,
    modelName: asked.modelName,
    source: {kind: source.kind, address: source.address, archive: archive === undefined ? null : formatS3Uri(archive)},
    s3Uri: asked.s3Uri,
    roleArn: asked.roleArn,
    kmsKeyId: words.kmsKey,
    jobName: null,
    import: null,
    upload: local
      ? {
          files: local.needed.length,
          bytes: local.needed.reduce((sum, {bytes}) => sum + bytes, 0),
          sentBytes: null,
          leftOut: [...local.leftOut],
        }
      : null,
    check: null,
    skipped: words.skipChecks ? 'files, headers, role, bucket, keys, quotas and names were not looked at' : null,
    cost: unitCost({region, unitsPerCopy: null, version: 'v1.0'}, book),
    failure: null,
    next: [],
  }
}

function withExisting(base: ImportsCreateResult, {job, kind, model}: ExistingImport): ImportsCreateResult {
  return {
    ...base,
    outcome: kind === 'imported' ? 'already-imported' : 'already-running',
    upload: null,
    skipped: null,
    jobName: job?.name ?? model?.jobName ?? null,
    next: [`bedrockctl imports ${kind === 'imported' ? 'show' : 'watch'} ${base.modelName} --region ${base.region}`],
  }
}

function blockedBy(planned: ImportsCreateResult): ImportsCreateResult {
  const {check} = planned
  return {...planned, unread: check?.unread ?? [], ...(check && {gate: check.gate})}
}

interface CheckFrame {
  readonly frame: CreateFrame
  readonly connection: Connection
  /** What an archive holds is not known before it is unpacked. */
  readonly packed: boolean
}

async function checkOf(
  {address, kind, modelName, place}: CreateSource,
  words: CreateWords,
  {connection, frame, packed}: CheckFrame,
): Promise<ImportCheckResult | null> {
  if (words.skipChecks || packed) return null
  const [{checkImport}, {formatS3Uri}] = await Promise.all([import('./check-import.js'), import('../jobs/s3-uri.js')])
  const {bucketOwner, converse, kmsKey, role, vpc} = words
  return checkImport(
    {
      address: kind === 'local' ? address : formatS3Uri(place),
      role,
      name: modelName,
      converse,
      deep: false,
      bucketOwner,
      ...(kmsKey !== null && {kmsKey}),
      ...(vpc !== null && {vpc}),
      ...(kind === 'local' && {staging: place}),
    },
    {...frame, connect: async () => connection, warn: frame.note},
  )
}

interface MakeFrame {
  readonly words: CreateWords
  readonly frame: CreateFrame
  readonly door: ImportDoor
  readonly connection: Connection
  readonly region: string
}

async function makeImport(asked: AskedImport, source: CreateSource, planned: ImportsCreateResult, made: MakeFrame) {
  const {door, frame, region} = made
  const {signal} = frame
  const upload = await bringFiles(source, planned.upload, {...made, bucketOwner: made.words.bucketOwner})
  const check =
    source.archive === undefined ? planned.check : await checkOf(source, made.words, {...made, packed: false})
  if (check?.gate.passed === false) throw unpackedBlocked(source, check)
  const [{digestOfFiles, nameImport}, store, jobs] = await Promise.all([
    import('../imports/create/name-import.js'),
    door.session.objectStore(),
    door.source.jobs(region, {}, signal),
  ])
  const files: {key: string; bytes: number; etag: string}[] = []
  const {bucket, key} = source.place
  const owner = {region, account: made.words.bucketOwner}
  for await (const {bytes, etag, key: name} of store.list(bucket, key, owner, signal))
    files.push({key: name, bytes, etag})
  const digest = digestOfFiles(files)
  const first = nameImport(asked, digest, jobs)
  // Lists show what was made a while after it can be looked up.
  const before = await door.source.job(region, first.jobName, signal)
  const request = before === undefined ? first : nameImport(asked, digest, [before, ...jobs])
  const isRunning = before?.name === request.jobName
  const arn = isRunning ? before.arn : await askForJob(request, check, made)
  const job = isRunning ? before : await door.source.job(region, arn, signal)
  if (job === undefined) throw hidden(arn, region)
  const outcome = isRunning ? ('already-running' as const) : ('created' as const)
  const result = {...planned, outcome, upload, check, simulated: made.connection.simulated()}
  return {result: await withJob(result, job, door, signal), job}
}

async function askForJob(
  request: ImportRequest,
  check: ImportCheckResult | null,
  {door, frame, region}: MakeFrame,
): Promise<string> {
  const {note, signal} = frame
  const [{makeJob}, {realClock}] = await Promise.all([
    import('../imports/create/make-job.js'),
    import('../jobs/clock.js'),
  ])
  const inSeconds = (waitMs: number) => `in ${Math.ceil(waitMs / 1000)} s`
  return makeJob(() => door.source.create(region, request, signal), {
    clock: realClock,
    signal,
    region,
    roleArn: request.roleArn,
    isRoleJudged: check?.checks.some(({id, verdict}) => id === 'IMP-27' && verdict === 'ok') === true,
    onRetry: ({message}, waitMs) => note(`retrying  ${inSeconds(waitMs)}: ${message}`),
    onRoleWait: (waitMs) => note(`waiting  Bedrock does not know the role yet; asked again ${inSeconds(waitMs)}`),
  })
}

function hidden(arn: string, region: string): BedrockctlError {
  return usageError('JOB_UNKNOWN', `The import job ${arn} was made and cannot be looked up.`, {
    hint: `Look for it: bedrockctl imports list --region ${region}`,
  })
}

function unpackedBlocked({address}: CreateSource, {gate, model}: ImportCheckResult): BedrockctlError {
  return usageError('MODEL_BLOCKED', `What ${address} made cannot be imported.`, {
    why: gate.failures.slice(0, 3).join('; '),
    hint: `Its files stay where they were unpacked; look at them: bedrockctl imports check ${model.address}`,
  })
}
