import {usageError} from '../core/errors.js'
import type {CustomizationCreateResult, PriceLine} from '../customizations/create/customization-create.schema.js'
import type {CreatePlan} from '../customizations/create/tell-create.js'
import type {HyperparameterRow} from '../customizations/hyperparameters/hyperparameter.schema.js'
import type {CustomizationJob, CustomizationRequest, CustomizationSource} from '../customizations/ports.js'
import type {AccountFrame} from './account-frame.js'
import {checkData, type OpenedData, openData, toldData, uploadAll, uriOf} from './customization-data.js'
import type {CustomizationCreateFlags} from './customization-flags.js'
import {priceLines} from './customization-price.js'
import {type CustomizationWords, settleCustomizationWords} from './customization-words.js'
import {onlineSession} from './online-session.js'

export interface CreateFrame extends AccountFrame {
  readonly warn: (text: string) => void
}

/** A job that is looked at and not made yet. */
export interface OpenedCreate {
  /** What would be done; the same job that was made before; or why it is refused. */
  readonly result: CustomizationCreateResult
  /** Undefined where there is nothing to be done. */
  readonly question: string | undefined
  /** Uploads data and makes the job; with `wait`, until it has ended or that many milliseconds are over. */
  create(wait: {readonly timeoutMs: number | undefined} | undefined): Promise<CreatedJob>
}

export interface CreatedJob {
  readonly result: CustomizationCreateResult
  readonly timedOut: boolean
}

const SKIPPED = ['rows of the data', 'role, buckets, keys and network', 'names and quotas']

/** Checks what is asked for, looks at the account and at prices; nothing is made before `create` is called. */
export async function openCreate(
  flags: CustomizationCreateFlags & {readonly 'skip-checks': boolean},
  frame: CreateFrame,
): Promise<OpenedCreate> {
  const {connection, settings, signal} = frame
  const [words, facts, account, {settleHyperparameters}, {tellCreate, blockers}] = await Promise.all([
    settleCustomizationWords(flags, settings, connection, signal),
    connection.catalog.customModels(),
    import('./customization-account.js'),
    import('../customizations/hyperparameters/settle-hyperparameters.js'),
    import('../customizations/create/tell-create.js'),
  ])
  const source = await onlineSession(connection, 'Customization jobs').customizations()
  const settled = settleHyperparameters(words.hyperparameters, words.tuning, facts)
  const data = await openData(words, frame)
  const skip = flags['skip-checks']
  const rights = skip ? {roleArn: roleArnOf(words), checks: []} : await account.readRights(words, data, frame)
  const request = await requestOf(words, settled.rows, rights.roleArn, data)
  const existing = await findMade(request, words.region, source, signal)
  const looks = !skip && existing === undefined
  const [bases, names, dataset] = await Promise.all([
    account.judgeWords(words, facts, connection),
    looks ? account.readNames(request.modelName, words.region, frame) : [],
    looks ? checkData(words, data, frame) : undefined,
  ])
  const plan: CreatePlan = {
    account: words.account,
    region: words.region,
    request,
    data: data.map((one) => toldData(one, one.upload ? 'would-upload' : 'none')),
    hyperparameters: settled.rows,
    hyperparameterNote: settled.note,
    dataset,
    preflight: existing ? [] : [...bases, ...rights.checks, ...names],
    skipped: skip ? SKIPPED : [],
    price: await priceLines(words, dataset, frame),
    excluded: excludedOf(words),
    unread: dataset?.unread ?? [],
  }
  const tell = (over: Parameters<typeof tellCreate>[1], of: CreatePlan = plan): CustomizationCreateResult => ({
    schemaVersion: 1,
    simulated: connection.simulated(),
    ...tellCreate(of, over),
  })
  const modelGone = existing !== undefined && (await isModelGone(existing, source, signal))
  const before = {job: existing, waited: false, modelGone, nowMs: Date.now()}
  const refused = existing === undefined && blockers(plan).length > 0
  return {
    result: tell({...before, outcome: existing ? 'already-made' : refused ? 'refused' : 'dry-run'}),
    question: existing || refused ? undefined : questionOf(plan, settled.rows),
    create: async (wait) => {
      if (refused) return {result: tell({...before, outcome: 'refused'}), timedOut: false}
      const uploaded = existing ? plan.data : await uploadAll(data, words, frame)
      const made = existing ?? (await make(request, words.region, source, frame))
      const {job, timedOut} = wait ? await waitFor(made, source, wait.timeoutMs, frame) : {job: made, timedOut: false}
      const outcome = existing ? 'already-made' : 'created'
      const told = tell(
        {outcome, job, waited: wait !== undefined && !timedOut, modelGone, nowMs: Date.now()},
        {...plan, data: uploaded},
      )
      return {result: told, timedOut}
    },
  }
}

async function requestOf(
  words: CustomizationWords,
  rows: readonly HyperparameterRow[],
  roleArn: string,
  data: readonly OpenedData[],
): Promise<CustomizationRequest> {
  const {makeRequest} = await import('../customizations/create/make-request.js')
  const {grader, kmsKey, mostResponseTokens, tags, teacher, type, vpc} = words
  const training = data.find(({role}) => role === 'training')
  const given = rows.flatMap(({from, name, value}) =>
    from === 'given' && value !== null ? [[name, value] as const] : [],
  )
  return makeRequest({
    jobName: words.jobName,
    modelName: words.modelName,
    roleArn,
    baseModel: words.baseModel,
    type,
    trainingUri: training && uriOf(training.at),
    validationUris: data.filter(({role}) => role === 'validation').map(({at}) => uriOf(at)),
    outputUri: uriOf(words.results),
    hyperparameters: grader === undefined ? Object.fromEntries(given) : {},
    teacher: teacher === undefined ? undefined : {modelId: teacher, mostResponseTokens},
    reinforcement:
      grader === undefined
        ? undefined
        : {
            lambdaArn: grader,
            hyperparameters: Object.fromEntries(given.map(([name, value]) => [name, typedValue(value)])),
          },
    modelKmsKeyId: kmsKey ?? undefined,
    vpc: vpc ?? undefined,
    tags: Object.keys(tags).length === 0 ? undefined : tags,
  })
}

/** Those of reinforcement are numbers on the wire, but for words. */
function typedValue(value: string): number | string {
  return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
}

function roleArnOf({account, partition, role}: CustomizationWords): string {
  return role.startsWith('arn:') ? role : ['arn', partition, 'iam', '', account, `role/${role}`].join(':')
}

/** The same job, made before; one of the same name that is another is refused with what differs. */
async function findMade(
  request: CustomizationRequest,
  region: string,
  source: Pick<CustomizationSource, 'job'>,
  signal: AbortSignal,
): Promise<CustomizationJob | undefined> {
  const job = await source.job(region, request.jobName, signal)
  if (job === undefined) return undefined
  const {differences} = await import('../customizations/create/same-request.js')
  const others = differences(job, request)
  if (others.length === 0) return job
  throw usageError('JOB_NAME_TAKEN', `There is a customization job ${request.jobName} already, made otherwise.`, {
    why: `Not the same: ${others.join(', ')}.`,
    hint: 'No job can be deleted: give the new one a --name of its own.',
    actions: [`bedrockctl customizations show ${request.jobName} --region ${region}`],
  })
}

async function isModelGone(
  {modelArn, region, state}: CustomizationJob,
  source: Pick<CustomizationSource, 'model'>,
  signal: AbortSignal,
): Promise<boolean> {
  if (state !== 'Completed' || modelArn === null) return false
  return (await source.model(region, modelArn, signal)) === undefined
}

/** Asked for again after a failure that passes: the token makes one job of it. */
async function make(
  request: CustomizationRequest,
  region: string,
  source: CustomizationSource,
  {signal, warn}: CreateFrame,
): Promise<CustomizationJob> {
  const [{persist}, {realClock}] = await Promise.all([import('../jobs/persist.js'), import('../jobs/clock.js')])
  const persistence = {
    clock: realClock,
    signal,
    onRetry: ({message}: Error, waitMs: number) => warn(`${message} Trying again in ${Math.ceil(waitMs / 1000)} s.`),
  }
  const arn = await persist(() => source.create(region, request, signal), persistence)
  const job = await persist(() => source.job(region, arn, signal), persistence)
  if (job !== undefined) return job
  throw usageError('JOB_UNKNOWN', `The job ${arn} was made and cannot be read.`, {
    hint: 'Look for it: bedrockctl customizations list',
  })
}

async function waitFor(
  job: CustomizationJob,
  source: CustomizationSource,
  timeoutMs: number | undefined,
  {progress, signal, warn}: CreateFrame,
): Promise<{readonly job: CustomizationJob; readonly timedOut: boolean}> {
  const [{waitForEnd}, {realClock}, {isEndState}] = await Promise.all([
    import('../jobs/wait/wait-for-end.js'),
    import('../jobs/clock.js'),
    import('../customizations/job-row.js'),
  ])
  const startedAt = Date.now()
  const {end, last} = await waitForEnd(
    {
      look: async (stop) => (await source.job(job.region, job.arn, stop)) ?? job,
      endOf: ({state}) => (isEndState(state) ? 'ended' : undefined),
      intervalMs: undefined,
      timeoutMs,
      signal,
      onLook: () => progress.update(Math.round((Date.now() - startedAt) / 1000), undefined, 's waited for the job'),
      onTrouble: ({message}, waitMs) => warn(`${message} Looking again in ${Math.ceil(waitMs / 1000)} s.`),
    },
    realClock,
  )
  return {job: last?.seen ?? job, timedOut: end === 'timed-out'}
}

function excludedOf({teacher, validation}: CustomizationWords): readonly string[] {
  return [
    ...(teacher === undefined ? [] : ['answers of the teacher, at its price on demand']),
    ...(validation.length === 0 ? [] : ['tokens of the validation set: whether they are billed is not published']),
    'S3',
  ]
}

function questionOf({price, request}: CreatePlan, rows: readonly HyperparameterRow[]): string {
  const [training, storage] = price
  const money = (line: PriceLine | undefined) =>
    line?.amount === undefined || line.amount === null
      ? 'at an unknown price'
      : `for about ${line.currency === 'USD' ? '$' : `${line.currency ?? ''} `}${Number(line.amount).toFixed(2)}`
  const given = rows.filter(({from}) => from === 'given').map(({name, value}) => `${name}=${value ?? ''}`)
  const how = given.length === 0 ? '' : ` with ${given.join(' ')}`
  const month = storage?.amount ?? null
  const keeping = month === null ? '' : `, and $${Number(month).toFixed(2)} a month to keep the model`
  return `Make the job ${request.jobName}: train ${request.baseModel}${how} ${money(training)}${keeping}?`
}
