import type {Tuning} from '../../catalog/custom-models.schema.js'
import {sizeWords} from '../../core/text.js'
import type {DatasetRules} from '../datasets/dataset-rules.js'
import type {DatasetFinding} from './customization-check.schema.js'
import {finding} from './finding.js'
import type {FileReading} from './read-file.js'

const NOVA_KEY = /^[\w\-/.]+$/
const BEDROCK_KEY = /^[-!_*'().a-z0-9A-Z/]+$/

/** What is wrong with a file as such: its name and its size. */
export function fileFindings(
  {role, source}: FileReading,
  rules: DatasetRules,
  tuning: Tuning | undefined,
): readonly DatasetFinding[] {
  const key = keyOf(source.name)
  const isNova = rules.family === 'nova' || rules.family === 'nova-2'
  const most = tuning?.bytes[role] ?? null
  const found: DatasetFinding[] = []
  if (!key.endsWith('.jsonl')) found.push(finding('file-name', {file: role, text: 'The name does not end in .jsonl.'}))
  else if (!(isNova ? NOVA_KEY : BEDROCK_KEY).test(key)) {
    const taken = isNova ? 'letters, digits and _ - / .' : "letters, digits and -!_*'()./"
    found.push(finding('file-name', {file: role, text: `The name has characters besides ${taken}.`}))
  }
  if (most !== null && source.bytes > most) {
    const text = `The file has ${sizeWords(source.bytes)}, of at most ${sizeWords(most)}.`
    found.push(finding('file-size', {file: role, text}))
  }
  return found
}

/** The key of an object; of a file of this machine, the name that it is uploaded by. */
function keyOf(name: string): string {
  if (name.startsWith('s3://')) return name.slice(name.indexOf('/', 's3://'.length) + 1)
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
}
