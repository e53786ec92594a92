import {createHash} from 'node:crypto'
import {usageError} from '../../core/errors.js'
import {sanitise} from '../../core/text.js'
import type {ImportJob, ImportRequest} from '../ports.js'

/** An import as it is asked for, but for what follows from it. */
export type AskedImport = Omit<ImportRequest, 'jobName' | 'clientRequestToken'>

const MODEL_NAME = /^([0-9a-zA-Z][_-]?)+$/
const MOST_CHARACTERS = 63
const DIGEST_CHARACTERS = 8

/** A name that the service takes for a model. */
export function checkedModelName(name: string): string {
  if (name.length <= MOST_CHARACTERS && MODEL_NAME.test(name)) return name
  throw usageError('MODEL_NAME_INVALID', `"${sanitise(name)}" is no name for a model.`, {
    why: 'A name has 1 to 63 letters and digits, with single - or _ between them.',
    hint: 'Give another one with --name.',
  })
}

/** A name for a model out of the folder that it lies in; undefined where nothing of one is left. */
export function nameOfFolder(address: string): string | undefined {
  const folder =
    address
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? ''
  const name = folder.replace(/[^0-9a-zA-Z]+/g, '-').replace(/^-+|-+$/g, '')
  return name === '' ? undefined : name.slice(0, MOST_CHARACTERS).replace(/-+$/, '')
}

/**
 * The request with its name and token. Both follow from what is asked for and from `files`, a digest of what is to be
 * imported: the same twice is one job. A job that failed, or whose model is gone, is followed by another one.
 */
export function nameImport(asked: AskedImport, files: string, jobs: readonly ImportJob[]): ImportRequest {
  const digest = digestOf({...asked, files})
  // Names of jobs have no underscore.
  const stem = asked.modelName.replaceAll('_', '-').slice(0, MOST_CHARACTERS - DIGEST_CHARACTERS - '--99'.length)
  const first = `${stem.replace(/-+$/, '')}-${digest.slice(0, DIGEST_CHARACTERS)}`
  const before = jobs.filter(({name}) => name === first || name.startsWith(`${first}-`))
  const running = before.find(({state}) => state === 'InProgress')
  const jobName = running?.name ?? (before.length === 0 ? first : `${first}-${before.length + 1}`)
  return {...asked, jobName, clientRequestToken: digestOf({...asked, files, jobName}).slice(0, 64)}
}

/** What files come to: other bytes, names or places make another digest. */
export function digestOfFiles(
  files: readonly {readonly key: string; readonly bytes: number; readonly etag: string}[],
): string {
  const sorted = files.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return digestOf(sorted.map(({bytes, etag, key}) => [key, bytes, etag]))
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortedKeys)).digest('hex')
}

/** Members in one order: tags are the same however they were typed. */
function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
