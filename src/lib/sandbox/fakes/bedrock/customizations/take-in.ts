import type {CustomModelFacts} from '../../../../catalog/custom-models.schema.js'
import type {StoredObject} from '../../../world/objects/stored-object.js'
import {offeredProfile} from '../../../world/offering.js'
import type {TuningIntake, TuningJob} from '../../../world/tuning-state.js'
import type {JobPlace} from '../batch/role-rights.js'
import {type DataCount, type DataRules, readData} from './data/read-data.js'
import {logFiles, readLogs} from './data/read-logs.js'
import {JobRights} from './role-rights.js'

/** Where a job is looked after, and what is known of its base. */
export interface IntakeSite extends JobPlace {
  readonly facts: CustomModelFacts
  now(): number
}

const failed = (failure: string): TuningIntake => ({failure, records: 0, tokens: 0, validation: []})

/** What validation does: rights, sizes, every line, and how many there are. */
export async function takeIn(job: TuningJob, site: IntakeSite): Promise<TuningIntake> {
  const {request} = job
  const rights = new JobRights(request.roleArn ?? '', site)
  const closed = rights.writeProblem(request.outputDataConfig?.s3Uri ?? '') ?? callProblem(job, rights, site)
  if (closed !== undefined) return failed(closed)
  const rules = rulesOf(job, site.facts)
  const training = await trainingData(job, rights, rules, site)
  if (typeof training === 'string') return failed(training)
  const validation: number[] = []
  for (const {s3Uri = ''} of request.validationDataConfig?.validators ?? []) {
    const count = await fileData(s3Uri, rules.tuning.bytes.validation, rights, rules, site)
    if (typeof count === 'string') return failed(count)
    validation.push(count.records)
  }
  const problem = countProblem(training.records, validation, rules)
  const {records, tokens} = training
  return problem === undefined ? {failure: undefined, records, tokens, validation} : failed(problem)
}

function rulesOf({base: id, type}: TuningJob, {bases, charactersPerToken}: CustomModelFacts): DataRules {
  const base = bases.find((one) => one.id === id)
  const tuning = base?.tunings.find((one) => one.type === type)
  if (!base || !tuning) throw new Error(`a job of ${id} was let in that cannot be`)
  return {base, tuning, charactersPerToken}
}

const NO_ACCESS = 'Encountered an unexpected error when processing the request, please try again'

/** Rights on what the job calls. Bedrock says no more of them than this. */
function callProblem({request}: TuningJob, rights: JobRights, site: IntakeSite): string | undefined {
  return rights.mayGrade(request) && rights.mayInvoke(teacherArns(request, site)) ? undefined : NO_ACCESS
}

function teacherArns({customizationConfig}: TuningJob['request'], {world, region, account, now}: IntakeSite) {
  const teacher = customizationConfig?.distillationConfig?.teacherModelConfig?.teacherModelIdentifier ?? ''
  const id = teacher.slice(teacher.lastIndexOf('/') + 1)
  const profile = offeredProfile(world.catalog, region, now(), id)
  if (!profile) return []
  const {partition} = world.account(account)
  return [`arn:${partition}:bedrock:${region}:${account}:inference-profile/${id}`, ...profile.modelArns]
}

async function trainingData(
  {request}: TuningJob,
  rights: JobRights,
  rules: DataRules,
  site: IntakeSite,
): Promise<DataCount | string> {
  const {s3Uri, invocationLogsConfig: logs} = request.trainingDataConfig ?? {}
  if (logs === undefined) return fileData(s3Uri ?? '', rules.tuning.bytes.training, rights, rules, site)
  const uri = logs.invocationLogSource?.s3Uri ?? ''
  const files = rights.listable(uri) ? logFiles(uri, site.world.objects) : []
  const readable = files.map(({bucket, key}) => rights.readable(`s3://${bucket}/${key}`))
  const closed = readable.find((one) => typeof one === 'string')
  if (closed !== undefined) return closed
  const named = request.customizationConfig?.distillationConfig?.teacherModelConfig?.teacherModelIdentifier
  const teacher = named?.slice(named.lastIndexOf('/') + 1)
  return readLogs(
    readable.filter((one): one is StoredObject => typeof one !== 'string'),
    logs,
    teacher,
  )
}

async function fileData(
  uri: string,
  mostBytes: number | null,
  rights: JobRights,
  rules: DataRules,
  {world}: IntakeSite,
): Promise<DataCount | string> {
  const object = rights.readable(uri)
  if (typeof object === 'string') return object
  if (mostBytes !== null && object.bytes > mostBytes) {
    return `The file ${object.key} has ${object.bytes} bytes, more than the limit of ${mostBytes}.`
  }
  return readData(object, rules, world.objects)
}

/** Counts of records against the base's limits; how AWS words them is not published. */
function countProblem(records: number, validation: readonly number[], {tuning}: DataRules): string | undefined {
  const validated = validation.reduce((sum, count) => sum + count, 0)
  const most = tuning.validation?.most ?? null
  if (most !== null && validated > most) return tooMany('validation', validated, most)
  const counted = tuning.recordsTogether ? records + validated : records
  const {least, most: limit} = tuning.records
  if (least !== null && records < least) {
    return `The training data contains ${records} records, fewer than the required minimum of ${least}.`
  }
  return limit !== null && counted > limit ? tooMany('training', counted, limit) : undefined
}

const tooMany = (what: string, count: number, limit: number): string =>
  `The ${what} data contains ${count} records, more than the allowed maximum of ${limit}.`
