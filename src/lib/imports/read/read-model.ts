import {BedrockctlError} from '../../core/errors.js'
import {fewAtOnce} from '../files/few-at-once.js'
import type {ModelFile, ModelFolder, ModelListing} from '../files/model-folder.js'
import {isArchived, POINTER_BYTES, pointedBytes} from './file-kind.js'
import {
  DOCUMENT_BYTES,
  type Document,
  type DocumentPath,
  type FileFault,
  INDEX,
  type ModelReading,
  type Vocabulary,
} from './model-reading.js'
import {parseDocument, scanDocument} from './parse-document.js'
import {pointerWords, readShards} from './read-shards.js'
import {vocabularySize} from './read-vocabulary.js'
import {isMembers, weightMapOf} from './weight-map.js'

export interface ReadFrame {
  readonly signal?: AbortSignal | undefined
  readonly onShard?: ((done: number, total: number) => void) | undefined
  /** Bytes that a tokenizer may have to be read, asked once all headers are; what is longer is left, and told. */
  readonly mostTokenizerBytes: () => number
}

const AT_ONCE = 8
/** Files that are no JSON and needed all the same: looked at only for being pointers. */
const PLAIN = [
  ...['tokenizer.model', 'spiece.model', 'merges.txt', 'vocab.json', 'special_tokens_map.json'],
  ...['preprocessor_config.json', 'processor_config.json', 'video_preprocessor_config.json'],
]
/** Which check tells that a file is no JSON. */
const SYNTAX_CHECK: Partial<Record<DocumentPath, string>> = {
  'config.json': 'IMP-01',
  'model.safetensors.index.json': 'IMP-04',
  'tokenizer_config.json': 'IMP-14',
  'chat_template.json': 'IMP-16',
}
const TEMPLATE = 'chat_template.jinja'
const TEMPLATE_BYTES = 2 ** 20
const TOKENIZERS = ['tokenizer.json', 'vocab.json'] as const

/** Reads what the checks look at: the list, small JSON files, the headers of the shards, the size of the vocabulary. */
export async function readModel(folder: ModelFolder, frame: ReadFrame): Promise<ModelReading> {
  const listing = await folder.list(frame.signal)
  const byPath = new Map(listing.files.map((file) => [file.path, file]))
  const paths = Object.keys(DOCUMENT_BYTES) as readonly DocumentPath[]
  const [documents, pointers] = await Promise.all([
    fewAtOnce(paths, AT_ONCE, (path) =>
      readDocument(path, byPath.get(path) ?? oddAt(path, listing), folder, frame.signal),
    ),
    fewAtOnce(PLAIN, AT_ONCE, (path) => lookForPointer(byPath.get(path), folder, frame.signal)),
  ])
  const known = new Map(paths.map((path, index) => [path, documents[index] ?? ABSENT]))
  const members = (path: DocumentPath) => {
    const document = known.get(path)
    return document?.state === 'read' && isMembers(document.value) ? document.value : undefined
  }
  const weightMap = weightMapOf(members(INDEX))
  const shardPaths =
    weightMap === undefined ? looseShards(listing, known.get(INDEX)) : [...new Set(weightMap.values())].sort()
  const [{shards, vocabulary}, template] = await Promise.all([
    readShards(shardPaths, folder, listing, frame).then(async (found) => ({
      shards: found,
      vocabulary: await readVocabulary(listing, byPath, folder, frame),
    })),
    readTemplate(byPath.get(TEMPLATE), folder, frame.signal),
  ])
  const faulty = [...documents, vocabulary].flatMap((one) => (one.state === 'faulty' ? [one.fault] : []))
  return {
    name: folder.name,
    kind: folder.kind,
    listing,
    file: (path) => byPath.get(path),
    document: (path) => known.get(path) ?? ABSENT,
    members,
    weightMap,
    shards: shards.shards,
    vocabulary,
    template: typeof template === 'string' ? template : undefined,
    faults: [
      ...faulty,
      // A vocab.json that is all there is of a tokenizer is read whole, and has told of itself.
      ...[...pointers, template].flatMap((fault) =>
        typeof fault === 'object' && !faulty.some(({file}) => file === fault.file) ? fault : [],
      ),
      ...shards.faults,
    ],
    unread: [...unreadOf(known, vocabulary, folder), ...shards.unread],
  }
}

const ABSENT: Document = {state: 'absent'}

/** Without an index that can be understood, the safetensors of the folder itself: a faulty index tells nothing of them. */
function looseShards({files}: ModelListing, index: Document | undefined): readonly string[] {
  if (index?.state === 'faulty' || index?.state === 'unread') return []
  return files.map(({path}) => path).filter((path) => !path.includes('/') && path.endsWith('.safetensors'))
}

/** What another check tells of a file that is a link, or in an archive: there is nothing to read. */
function oddAt(path: string, {odd}: ModelListing): FileFault | undefined {
  return odd.some((one) => one.path === path) ? {check: 'IMP-38', file: path, said: ''} : undefined
}

async function readDocument(
  path: DocumentPath,
  found: ModelFile | FileFault | undefined,
  folder: ModelFolder,
  signal: AbortSignal | undefined,
): Promise<Document> {
  if (found === undefined) return ABSENT
  if ('check' in found) return {state: 'faulty', fault: found}
  const file = found
  if (isArchived(file.storageClass)) return {state: 'faulty', fault: {check: 'IMP-51', file: path, said: ''}}
  const syntax = SYNTAX_CHECK[path] ?? 'IMP-35'
  const wrong = (check: string, said: string): Document => ({state: 'faulty', fault: {check, file: path, said}})
  if (file.bytes === 0) return wrong('IMP-39', `${path} has no bytes.`)
  if (file.bytes > DOCUMENT_BYTES[path]) {
    return wrong(
      'IMP-35',
      `${path} has ${file.bytes.toLocaleString('en-US')} bytes; no model has more than ${DOCUMENT_BYTES[path].toLocaleString('en-US')} in it.`,
    )
  }
  return attempt(async () => {
    const bytes = await folder.read(file, 0, file.bytes, signal)
    const pointed = pointedBytes(bytes)
    if (pointed !== undefined) return wrong('IMP-10', pointerWords(path, pointed))
    const parsed = parseDocument(bytes)
    if ('fault' in parsed)
      return wrong(parsed.fault.kind === 'syntax' ? syntax : 'IMP-35', `${path} ${parsed.fault.said}.`)
    return {state: 'read', ...parsed}
  })
}

async function lookForPointer(
  file: ModelFile | undefined,
  folder: ModelFolder,
  signal: AbortSignal | undefined,
): Promise<FileFault | undefined> {
  if (file === undefined || isArchived(file.storageClass) || file.bytes >= POINTER_BYTES) return undefined
  if (file.bytes === 0) return {check: 'IMP-39', file: file.path, said: `${file.path} has no bytes.`}
  const read = await attempt(async () => ({
    state: 'head' as const,
    head: await folder.read(file, 0, POINTER_BYTES, signal),
  }))
  const bytes = read.state === 'head' ? pointedBytes(read.head) : undefined
  return bytes === undefined ? undefined : {check: 'IMP-10', file: file.path, said: pointerWords(file.path, bytes)}
}

/** A longer one is left: no chat template has a megabyte. */
async function readTemplate(
  file: ModelFile | undefined,
  folder: ModelFolder,
  signal: AbortSignal | undefined,
): Promise<string | FileFault | undefined> {
  const fault = await lookForPointer(file, folder, signal)
  if (fault !== undefined || file === undefined || isArchived(file.storageClass)) return fault
  if (file.bytes > TEMPLATE_BYTES) return undefined
  const read = await attempt(async () => ({
    state: 'text' as const,
    text: await folder.read(file, 0, file.bytes, signal),
  }))
  return read.state === 'text' ? read.text.toString('utf8') : undefined
}

async function readVocabulary(
  listing: ModelListing,
  files: ReadonlyMap<string, ModelFile>,
  folder: ModelFolder,
  {mostTokenizerBytes, signal}: ReadFrame,
): Promise<Vocabulary> {
  const odd = oddAt('tokenizer.json', listing)
  if (odd) return {state: 'faulty', fault: odd}
  const name = TOKENIZERS.find((one) => files.has(one))
  const file = name && files.get(name)
  if (file === undefined || name === undefined) return {state: 'absent'}
  const wrong = (check: string, said: string): Vocabulary => ({state: 'faulty', fault: {check, file: name, said}})
  if (isArchived(file.storageClass)) return wrong('IMP-51', '')
  if (file.bytes === 0) return wrong('IMP-39', `${name} has no bytes.`)
  if (file.bytes > mostTokenizerBytes()) {
    return {state: 'unread', reason: `${name} has ${file.bytes.toLocaleString('en-US')} bytes: --deep reads it`}
  }
  return attempt(async (): Promise<Vocabulary> => {
    const bytes = await folder.read(file, 0, file.bytes, signal)
    const pointed = pointedBytes(bytes)
    if (pointed !== undefined) return wrong('IMP-10', pointerWords(name, pointed))
    const scanned = scanDocument(bytes, {repeats: false})
    if ('fault' in scanned)
      return wrong(scanned.fault.kind === 'syntax' ? 'IMP-14' : 'IMP-35', `${name} ${scanned.fault.said}.`)
    const size = vocabularySize(scanned.tape, name)
    return size === 0 ? wrong('IMP-14', `${name} has no vocabulary.`) : {state: 'read', size, file: name}
  })
}

interface Unread {
  readonly state: 'unread'
  readonly reason: string
  readonly code: string
  readonly action: string | undefined
}

async function attempt<Value>(work: () => Promise<Value>): Promise<Value | Unread> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.code === 'INTERRUPTED') throw error
    return {state: 'unread', reason: error.message, code: error.code, action: error.action}
  }
}

function unreadOf(
  documents: ReadonlyMap<string, Document>,
  vocabulary: Vocabulary,
  {kind}: ModelFolder,
): ModelReading['unread'] {
  const action = kind === 's3' ? 's3:GetObject' : 'read'
  return [...documents, ['tokenizer.json', vocabulary] as const].flatMap(([file, one]) =>
    one.state === 'unread' && 'code' in one ? [{file, code: String(one.code), action, reason: one.reason}] : [],
  )
}
