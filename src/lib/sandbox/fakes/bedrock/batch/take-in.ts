import type {BatchFile, BatchIntake, BatchJob, RecordFailure} from '../../../world/batch-state.js'
import type {BatchSettings} from '../../../world/resources.js'
import type {Family} from '../answers/family.js'
import type {BatchLimits} from './limits.js'
import {LineTooLong, readLines} from './read-lines.js'
import {familyFor, readRecord} from './record.js'
import {type RecordFaults, recordFaults} from './record-faults.js'
import {type JobPlace, s3Problem} from './role-rights.js'
import {inputObjects, parseS3Uri} from './s3-address.js'

export interface IntakeRules {
  readonly limits: BatchLimits
  readonly settings: BatchSettings
}

const BAD_REQUEST = 400

/** What Validating does: rights, sizes, counts and the form of every line. Bodies are judged here and told later. */
export async function takeIn(job: BatchJob, place: JobPlace, {limits, settings}: IntakeRules): Promise<BatchIntake> {
  const problem = s3Problem(job.request, place)
  if (problem !== undefined) return failed(problem)
  const found = inputObjects(parseS3Uri(job.request.inputUri), place.world)
  for (const {object} of found) object.content.retain()
  const {attempts} = place.world.regional(place.account, place.region).batch
  const {seed} = place.world
  const faults = recordFaults(settings, {jobName: job.name, seed, attempts})
  const reading = new Intake(familyFor(job.baseModel, job.request.type), faults)
  const failure = bytesProblem(found, limits) ?? (await reading.files(found, limits))
  const few = reading.records < limits.minRecords
  const message =
    failure ??
    (few ? `contains less records (${reading.records}) than the required minimum of: ${limits.minRecords}` : undefined)
  if (message === undefined) return {failure, files: found, records: reading.records, failures: reading.failures}
  for (const {object} of found) object.content.release()
  return failed(`Batch job ${job.arn} ${message}`)
}

const failed = (failure: string): BatchIntake => ({failure, files: [], records: 0, failures: new Map()})

function bytesProblem(files: readonly BatchFile[], {fileBytes, jobBytes}: BatchLimits): string | undefined {
  const large = files.find(({object}) => object.bytes > fileBytes)
  if (large) {
    return `has an input file ${large.name} that is larger (${large.object.bytes} bytes) than the allowed maximum of: ${fileBytes}`
  }
  const all = files.reduce((sum, {object}) => sum + object.bytes, 0)
  return all > jobBytes
    ? `has an input that is larger (${all} bytes) than the allowed maximum of: ${jobBytes}`
    : undefined
}

/** Reads every line once. */
class Intake {
  readonly #family: Family
  readonly #faults: RecordFaults
  readonly failures = new Map<number, RecordFailure>()
  records = 0

  constructor(family: Family, faults: RecordFaults) {
    this.#family = family
    this.#faults = faults
  }

  async files(files: readonly BatchFile[], limits: BatchLimits): Promise<string | undefined> {
    for (const file of files) {
      const problem = await this.#file(file, limits).catch((error: unknown) => {
        if (error instanceof LineTooLong) return `has a line in ${file.name} that is too long`
        throw error
      })
      if (problem !== undefined) return problem
    }
    return undefined
  }

  async #file({name, object}: BatchFile, {recordsPerFile, recordsPerJob}: BatchLimits): Promise<string | undefined> {
    const before = this.records
    for await (const lines of readLines(object.content.read())) {
      for (const line of lines) {
        const problem = this.#line(line)
        if (problem !== undefined) {
          return `has a malformed record in ${name} at line ${this.records - before + 1}: ${problem}`
        }
        this.records += 1
      }
      if (this.records - before > recordsPerFile) {
        return `has an input file ${name} with more records than the allowed maximum of: ${recordsPerFile}`
      }
      if (this.records > recordsPerJob) return `contains more records than the allowed maximum of: ${recordsPerJob}`
    }
    return undefined
  }

  #line(line: Buffer): string | undefined {
    const record = readRecord(line)
    if (typeof record === 'string') return record
    const {recordId, modelInput} = record
    const refused = this.#family.refusal(modelInput)
    const failure =
      refused === undefined
        ? this.#faults.of(recordId ?? String(this.records), line.length)
        : {code: BAD_REQUEST, message: refused, asOutput: false}
    if (failure) this.failures.set(this.records, failure)
    return undefined
  }
}
