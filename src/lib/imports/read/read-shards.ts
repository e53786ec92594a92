import {BedrockctlError} from '../../core/errors.js'
import {fewAtOnce} from '../files/few-at-once.js'
import type {ModelFile, ModelFolder, ModelListing} from '../files/model-folder.js'
import type {HeaderFault} from '../safetensors/header-fault.js'
import {headerLength, LENGTH_BYTES} from '../safetensors/header-length.js'
import {parseHeader} from '../safetensors/parse-header.js'
import {foreignKind, isArchived, POINTER_BYTES, pointedBytes} from './file-kind.js'
import type {FileFault, ModelReading, Shard} from './model-reading.js'
import {unsafeName} from './weight-map.js'

/** Headers of dense models have 2 to 20 KB: one request for most shards, and few bytes for all of them together. */
const FIRST_BYTES = {s3: 64 * 1024, local: 16 * 1024}
const AT_ONCE = 16
/** Headers beyond are read one after the other, for their memory. */
const LONG_HEADER = 8 * 2 ** 20
/** Of all shards together. */
const MOST_TENSORS = 1_000_000

const CHECK_OF: Readonly<Record<HeaderFault['kind'], string>> = {
  length: 'IMP-06',
  'big-endian': 'IMP-40',
  json: 'IMP-35',
  duplicate: 'IMP-36',
  type: 'IMP-11',
  layout: 'IMP-07',
}

export interface ShardReadings {
  readonly shards: readonly Shard[]
  readonly faults: readonly FileFault[]
  readonly unread: ModelReading['unread']
}

interface Frame {
  readonly signal?: AbortSignal | undefined
  readonly onShard?: ((done: number, total: number) => void) | undefined
}

type Outcome =
  | {readonly shard: Shard}
  | {readonly fault: FileFault}
  | {readonly long: number}
  | {readonly unread: ModelReading['unread'][number]}

/** Reads the headers of these files. Of each file the first thing that is wrong is told. */
export async function readShards(
  paths: readonly string[],
  folder: ModelFolder,
  listing: ModelListing,
  frame: Frame,
): Promise<ShardReadings> {
  const byPath = new Map(listing.files.map((file) => [file.path, file]))
  let tensors = 0
  let done = 0
  const settle = async (path: string, work: (file: ModelFile) => Promise<Outcome>): Promise<Outcome> => {
    const fault = namedFault(path, byPath, listing)
    const file = byPath.get(path)
    if (fault || file === undefined) return {fault: fault ?? missing(path, listing)}
    const outcome = await reading(file, folder, () => work(file))
    if ('shard' in outcome) tensors += outcome.shard.tensors?.length ?? 0
    if (tensors > MOST_TENSORS) {
      const said = `There are more than ${MOST_TENSORS.toLocaleString('en-US')} tensors up to this file.`
      return {fault: {check: 'IMP-35', file: path, said}}
    }
    if (!('long' in outcome)) done += 1
    frame.onShard?.(done, paths.length)
    return outcome
  }
  const first = await fewAtOnce(paths, AT_ONCE, (path) => settle(path, (file) => readFirst(file, folder, frame.signal)))
  const long = paths.flatMap((path, index) => {
    const outcome = first[index]
    return outcome && 'long' in outcome ? [{path, bytes: outcome.long}] : []
  })
  const rest = await fewAtOnce(long, 1, ({path, bytes}) =>
    settle(path, (file) => readWhole(file, bytes, folder, frame.signal)),
  )
  return sorted([...first.filter((outcome) => !('long' in outcome)), ...rest], paths, byPath)
}

function sorted(outcomes: readonly Outcome[], paths: readonly string[], files: ReadonlyMap<string, ModelFile>) {
  const read = new Map(outcomes.flatMap((outcome) => ('shard' in outcome ? [[outcome.shard.path, outcome.shard]] : [])))
  const shards = paths.map((path) => read.get(path) ?? {path, bytes: files.get(path)?.bytes ?? 0, tensors: undefined})
  const order = new Map(paths.map((path, index) => [path, index]))
  const byFile = (a: {readonly file: string}, b: {readonly file: string}) =>
    (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0)
  return {
    shards,
    faults: outcomes.flatMap((outcome) => ('fault' in outcome ? [outcome.fault] : [])).sort(byFile),
    unread: outcomes.flatMap((outcome) => ('unread' in outcome ? [outcome.unread] : [])).sort(byFile),
  }
}

function namedFault(path: string, files: ReadonlyMap<string, ModelFile>, listing: ModelListing): FileFault | undefined {
  const unsafe = unsafeName(path)
  if (unsafe !== undefined) return {check: 'IMP-37', file: path, said: `The index names “${path}”: ${unsafe}.`}
  const odd = listing.odd.find((entry) => entry.path === path)
  if (odd) return {check: 'IMP-38', file: path, said: ''}
  const file = files.get(path)
  if (file === undefined) return missing(path, listing)
  // IMP-51 tells all of them.
  return isArchived(file.storageClass) ? {check: 'IMP-51', file: path, said: ''} : undefined
}

function missing(path: string, {files}: ModelListing): FileFault {
  const lower = path.toLowerCase()
  const near = files.find((file) => file.path.toLowerCase() === lower)
  const hint = near === undefined ? '' : ` There is ${near.path}: upper and lower case differ.`
  return {check: 'IMP-05', file: path, said: `The index names ${path}, which is not there.${hint}`}
}

async function reading(file: ModelFile, folder: ModelFolder, work: () => Promise<Outcome>): Promise<Outcome> {
  if (file.bytes === 0) return {fault: {check: 'IMP-39', file: file.path, said: `${file.path} has no bytes.`}}
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.code === 'INTERRUPTED') throw error
    const action = error.action ?? (folder.kind === 's3' ? 's3:GetObject' : 'read')
    return {unread: {file: file.path, code: error.code, action, reason: error.message}}
  }
}

async function readFirst(file: ModelFile, folder: ModelFolder, signal: AbortSignal | undefined): Promise<Outcome> {
  const first = await folder.read(file, 0, FIRST_BYTES[folder.kind], signal)
  const strange = strangeKind(first, file)
  if (strange) return {fault: strange}
  const length = headerLength(first, file.bytes)
  if ('fault' in length) {
    const kind = foreignKind(first)
    if (kind !== undefined) {
      return {fault: {check: 'IMP-03', file: file.path, said: `${file.path} is no safetensors but ${kind}.`}}
    }
    return {fault: toFault(length.fault, file)}
  }
  if (length.bytes > LONG_HEADER) return {long: length.bytes}
  const end = LENGTH_BYTES + length.bytes
  const rest = end > first.length ? await folder.read(file, first.length, end, signal) : undefined
  return headerOf(file, (rest ? Buffer.concat([first, rest]) : first).subarray(LENGTH_BYTES, end))
}

async function readWhole(
  file: ModelFile,
  bytes: number,
  folder: ModelFolder,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  return headerOf(file, await folder.read(file, LENGTH_BYTES, LENGTH_BYTES + bytes, signal))
}

function headerOf(file: ModelFile, bytes: Buffer): Outcome {
  const parsed = parseHeader(bytes, file.bytes - LENGTH_BYTES - bytes.length)
  if ('fault' in parsed) return {fault: toFault(parsed.fault, file)}
  return {shard: {path: file.path, bytes: file.bytes, tensors: parsed.header.tensors}}
}

function strangeKind(first: Buffer, file: ModelFile): FileFault | undefined {
  if (file.bytes >= POINTER_BYTES) return undefined
  const bytes = pointedBytes(first)
  if (bytes === undefined) return undefined
  return {check: 'IMP-10', file: file.path, said: pointerWords(file.path, bytes)}
}

/** What is said of a file that is only the pointer to one. */
export function pointerWords(path: string, bytes: number): string {
  return `${path} is a Git LFS pointer to ${bytes.toLocaleString('en-US')} bytes, not the file itself.`
}

function toFault({kind, said, tensor}: HeaderFault, {path}: ModelFile): FileFault {
  return {check: CHECK_OF[kind], file: path, said, ...(tensor !== undefined && {tensor})}
}
