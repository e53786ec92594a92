import {parseArn} from '../../core/arn.js'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {BatchJob, BatchJobSource} from '../ports.js'
import {jobsOfGroup} from '../progress/group-standing.js'
import {readJobs} from '../progress/read-jobs.js'

/** What GROUP|JOB of a command stands for. */
export type Target =
  | {
      readonly kind: 'group'
      readonly name: string
      readonly region: string
      /** Its plans and its journal are on this machine. */
      readonly local: boolean
    }
  | {readonly kind: 'job'; readonly arn: string; readonly region: string}

export interface FindTargetFacts {
  /** Where to look for what does not name its Region. */
  readonly regions: readonly string[]
  /** Region of a group of this machine; undefined when there is none of that name. */
  readonly regionOfGroup: (name: string) => Promise<string | undefined>
  readonly source: Pick<BatchJobSource, 'get' | 'list'>
}

const JOB_ID = /^[a-z0-9]{12}$/
const JOB_RESOURCE = /^model-invocation-job\/[a-z0-9]{12}$/

/** An ARN is a job; a name is a group of this machine, a group or job of the account by its name, or the id of a job. */
export async function findTarget(
  text: string,
  {regionOfGroup, regions, source}: FindTargetFacts,
  signal: AbortSignal | undefined,
): Promise<Target> {
  if (text.startsWith('arn:')) {
    const arn = parseArn(text)
    if (arn === undefined || arn.region === '' || !JOB_RESOURCE.test(arn.resource)) throw noJob(text)
    return {kind: 'job', arn: text, region: arn.region}
  }
  const home = await regionOfGroup(text)
  if (home !== undefined) return {kind: 'group', name: text, region: home, local: true}
  const {jobs, unread} = await readJobs(regions, {nameContains: text}, source, signal)
  const [one, ...more] = [...new Set(jobsOfGroup(text, jobs).map(({job}) => job.region))]
  if (more.length > 0) throw severalRegions(text, [one ?? '', ...more])
  if (one !== undefined) return {kind: 'group', name: text, region: one, local: false}
  const job = jobs.find(({name}) => name === text) ?? (await findById(text, regions, source, signal))
  if (job) return {kind: 'job', arn: job.arn, region: job.region}
  throw unknownTarget(
    text,
    regions.filter((region) => !unread.some((failed) => failed.region === region)),
  )
}

/** The service takes ARNs alone, and an ARN needs the account: the list has it. */
async function findById(
  text: string,
  regions: readonly string[],
  source: Pick<BatchJobSource, 'list'>,
  signal: AbortSignal | undefined,
): Promise<BatchJob | undefined> {
  if (!JOB_ID.test(text)) return undefined
  const {jobs} = await readJobs(regions, {}, source, signal)
  return jobs.find(({id}) => id === text)
}

function noJob(text: string): BedrockctlError {
  return usageError('JOB_ARN_INVALID', `${text} is no ARN of a batch job.`, {
    why: 'One is arn:PARTITION:bedrock:REGION:ACCOUNT:model-invocation-job/ and twelve small letters and digits.',
    hint: 'Copy it whole: bedrockctl batch list --columns name,arn --region all',
  })
}

function severalRegions(text: string, regions: readonly string[]): BedrockctlError {
  return usageError('GROUP_IN_SEVERAL_REGIONS', `There are groups called ${text} in ${regions.join(', ')}.`, {
    hint: `Name one: --region ${regions[0]}`,
  })
}

function unknownTarget(text: string, regions: readonly string[]): BedrockctlError {
  return usageError('BATCH_UNKNOWN', `No batch group or job is called ${text} in ${regions.join(', ')}.`, {
    why: 'It is no group of this machine either.',
    hint: 'Look for it: bedrockctl batch list --region all',
  })
}
