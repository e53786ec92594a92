import {isUtf8} from 'node:buffer'
import type {TunableBase, Tuning} from '../../../../../catalog/custom-models.schema.js'
import {isTree} from '../../../../../core/is-tree.js'
import type {ObjectStore} from '../../../../world/objects/object-store.js'
import type {StoredObject} from '../../../../world/objects/stored-object.js'
import {countText} from '../../../bedrock-runtime/count-text.js'
import type {Body} from '../../answers/family.js'
import {LineTooLong, readLines} from '../../batch/read-lines.js'
import {parseS3Uri} from '../../batch/s3-address.js'
import type {Sample} from './sample.js'
import {sampleReader} from './sample-reader.js'

/** What the lines of a data set must be like. */
export interface DataRules {
  readonly base: TunableBase
  readonly tuning: Tuning
  readonly charactersPerToken: number
}

export interface DataCount {
  readonly records: number
  readonly tokens: number
}

/** Reads a file line by line: its counts, or what Bedrock says of its first fault. */
export async function readData(
  object: StoredObject,
  rules: DataRules,
  objects: ObjectStore,
): Promise<DataCount | string> {
  if (!object.key.endsWith('.jsonl')) return unparsable(object)
  const reading = new Reading(object, rules, objects)
  try {
    for await (const lines of readLines(object.content.read())) {
      for (const line of lines) {
        const problem = reading.line(line)
        if (problem !== undefined) return problem
      }
    }
  } catch (error) {
    if (error instanceof LineTooLong) return unparsable(object)
    throw error
  }
  return reading
}

class Reading implements DataCount {
  readonly #object: StoredObject
  readonly #rules: DataRules
  readonly #objects: ObjectStore
  readonly #kinds = new Set<string>()
  records = 0
  tokens = 0

  constructor(object: StoredObject, rules: DataRules, objects: ObjectStore) {
    this.#object = object
    this.#rules = rules
    this.#objects = objects
  }

  line(line: Buffer): string | undefined {
    const sample = readLine(line, this.records + 1, this.#object, this.#rules)
    if (typeof sample === 'string') return sample
    const problem = sampleProblem(sample, line, this.#object, this.#rules, this.#objects)
    if (problem !== undefined) return problem
    for (const kind of sample.kinds ?? []) this.#kinds.add(kind)
    this.records += 1
    this.tokens += countText(sample.input) + countText(sample.output)
    return this.#kinds.has('image') && this.#kinds.has('video') ? mixedMedia(this.#object, this.records) : undefined
  }
}

const unparsable = ({bucket, key}: StoredObject): string =>
  `Unable to parse Amazon S3 file: s3://${bucket}/${key}. Data files must conform to JSONL format.`

const mixedMedia = ({key}: StoredObject, line: number): string =>
  `Input data at ${key} is invalid in line ${line}: a data set holds either images or videos.`

function readLine(line: Buffer, number: number, object: StoredObject, {base, tuning}: DataRules): Sample | string {
  const most = tuning.bytes.line
  if (most !== null && line.length > most) {
    return `Line ${number} of ${object.key} has ${line.length} bytes, more than the limit of ${most}.`
  }
  const row = isUtf8(line) ? parse(line.toString()) : undefined
  if (row === undefined) return unparsable(object)
  const sample = sampleReader(base, tuning)(row)
  if (typeof sample !== 'string') return sample
  return sample.startsWith('must follow')
    ? `Input data at ${object.key} ${sample}`
    : `Input data at ${object.key} is invalid in line ${number}: ${sample}.`
}

function parse(text: string): Body | undefined {
  try {
    const row: unknown = JSON.parse(text)
    return isTree(row) ? row : undefined
  } catch {
    return undefined
  }
}

/** Letters of a record that its refusal shows. */
const SHOWN = 30

function sampleProblem(
  {input, output, media}: Sample,
  line: Buffer,
  object: StoredObject,
  {tuning, charactersPerToken}: DataRules,
  objects: ObjectStore,
): string | undefined {
  const {tokens: limits} = tuning
  const over = (length: number, limit: number | null) => limit !== null && length > limit
  const letters = (limit: number | null) => (limit === null ? null : limit * charactersPerToken)
  if (
    over(input.length, letters(limits.input)) ||
    over(output.length, letters(limits.output)) ||
    over(input.length + output.length, letters(limits.sum))
  ) {
    return `Input size exceeded in file ${object.key} for record starting with ${line.toString('utf8', 0, SHOWN)}...`
  }
  const [asked, answered] = [countText(input), countText(output)]
  if (over(asked, limits.input)) return `Maximum input token count ${asked} exceeds limit of ${limits.input}`
  if (over(answered, limits.output)) return `Maximum output token count ${answered} exceeds limit of ${limits.output}`
  if (over(asked + answered, limits.sum)) {
    return `Max sum of input and output token length ${asked + answered} exceeds total limit of ${limits.sum}`
  }
  return mediaProblem(media, object, objects)
}

function mediaProblem(media: readonly string[], {bucket: own}: StoredObject, objects: ObjectStore): string | undefined {
  for (const uri of media) {
    const {bucket, key} = parseS3Uri(uri)
    if (bucket !== own) return `The file ${uri} is not in the bucket of the data set.`
    if (!objects.get(bucket, key)) {
      return `Could not validate GetObject permissions to access Amazon S3 bucket: ${bucket} at key ${key}`
    }
  }
  return undefined
}
