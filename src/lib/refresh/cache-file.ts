import {mkdir, open, readFile, rename, rm, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {BedrockctlError} from '../core/errors.js'
import type {CachedHead, CachePart, PartName} from './cached-facts.js'

/** A file of the cache, opened for one caller. */
export interface OpenedPart<Content> {
  readonly file: string
  /** Undefined when there is no file yet or it cannot be used. */
  readonly content: Content | undefined
  /** Why an existing file is not used, in one phrase that names it; undefined when it is used or absent. */
  readonly ignored: string | undefined
}

/** Whose facts are wanted; what is undefined is not compared. */
export interface CacheReader {
  readonly account?: string | undefined
  readonly partition?: string | undefined
}

/** Far above what a refresh of every Region writes. */
const LARGEST_FILE_BYTES = 256 * 1024 * 1024
const HEAD = /^\{"sha256":"([0-9a-f]{64})","content":/
const HEAD_LENGTH = '{"sha256":"","content":'.length + 64
const TAIL = '}\n'

/** What a sandbox said never mixes with what AWS said. */
export function cacheFile(folder: string, part: PartName, simulated: boolean): string {
  return join(folder, simulated ? `${part}-simulated.json` : `${part}.json`)
}

/** Opens a part for a caller. Never throws: a file that cannot be used is named in `ignored`. */
export async function openPart<Content extends CachedHead>(
  part: CachePart<Content>,
  file: string,
  {account, partition}: CacheReader = {},
): Promise<OpenedPart<Content>> {
  const read = await readContent(part, file)
  if (read === undefined) return {file, content: undefined, ignored: undefined}
  if (typeof read === 'string') return {file, content: undefined, ignored: `${file} ${read}`}
  const whose = `${file} was read by account ${read.account} in partition ${read.partition}`
  if ((account ?? read.account) !== read.account || (partition ?? read.partition) !== read.partition) {
    const asked = account === undefined ? `partition ${partition}` : `account ${account}`
    return {file, content: undefined, ignored: `${whose}, not for ${asked}`}
  }
  return {file, content: read, ignored: undefined}
}

/** The content, why it cannot be used, or undefined when there is no file. */
async function readContent<Content extends CachedHead>(
  part: CachePart<Content>,
  file: string,
): Promise<Content | string | undefined> {
  let text: string
  try {
    const {isFile, size} = await sizeOf(file)
    if (!isFile || size > LARGEST_FILE_BYTES) return 'is no file of ours'
    text = await readFile(file, 'utf8')
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : 'cannot be read'
  }
  return parseContent(part, text)
}

async function sizeOf(file: string): Promise<{isFile: boolean; size: number}> {
  const found = await stat(file)
  return {isFile: found.isFile(), size: found.size}
}

/** The digest tells a file that we wrote from one that was cut short or edited; the shape, one of a stranger. */
function parseContent<Content extends CachedHead>(part: CachePart<Content>, text: string): Content | string {
  const sha256 = HEAD.exec(text)?.[1]
  const body = text.slice(HEAD_LENGTH, -TAIL.length)
  if (sha256 === undefined || !text.endsWith(TAIL) || digest(body) !== sha256) return 'is damaged'
  try {
    const content: unknown = JSON.parse(body)
    if (versionOf(content) !== 1) return 'is of another version'
    return part.hasShape(content) ? content : 'is damaged'
  } catch {
    return 'is damaged'
  }
}

function versionOf(content: unknown): unknown {
  return typeof content === 'object' && content !== null && 'schemaVersion' in content ? content.schemaVersion : null
}

/** Writes beside the file and renames: a reader, or a run that is killed, never leaves half of it. */
export async function writePart(file: string, content: CachedHead): Promise<void> {
  let draft: string | undefined
  try {
    draft = await writeDraft(file, content)
    await rename(draft, file)
  } catch (cause) {
    if (draft !== undefined) await rm(draft, {force: true})
    throw new BedrockctlError('CACHE_NOT_WRITABLE', `The cache cannot be written: ${file}`, {
      fault: 'usage',
      why: cause instanceof Error ? cause.message : String(cause),
      hint: 'Make the folder writable, or name another one in BEDROCKCTL_CACHE_DIR.',
      cause,
    })
  }
}

/** The whole new file, on disk under another name, which is returned. */
export async function writeDraft(file: string, content: CachedHead): Promise<string> {
  await mkdir(dirname(file), {recursive: true})
  const draft = `${file}.${process.pid}.tmp`
  const body = JSON.stringify(content)
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(`{"sha256":"${digest(body)}","content":${body}${TAIL}`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return draft
}

function digest(text: string): string {
  // Loaded here: an import would cost every command that opens a cache 5 ms, most of which find none.
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex')
}
