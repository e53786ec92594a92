import {closeSync, constants, type Dirent, openSync, readSync} from 'node:fs'
import {lstat, readdir, readlink, realpath, stat} from 'node:fs/promises'
import {join, sep} from 'node:path'
import {setImmediate as turn} from 'node:timers/promises'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import {
  MOST_FILES,
  type ModelFile,
  type ModelFolder,
  type ModelListing,
  type OddEntry,
  UNSEEN_FOLDERS,
} from './model-folder.js'

/** A model takes a few levels; what lies deeper is not looked for. */
const MOST_LEVELS = 8

/** A folder of this machine. Links are followed only as far as they stay inside it. */
export async function openLocalFolder(path: string): Promise<ModelFolder> {
  const root = await rootOf(path)
  const links = new Map<string, string>()
  return {
    name: path,
    kind: 'local',
    async list(signal) {
      const {real, ...listing} = await listFolder(root, path, signal)
      for (const [link, target] of real) links.set(link, target)
      return listing
    },
    read: (file, start, end) => readFile(links.get(file.path) ?? join(root, file.path), file, start, end),
  }
}

async function rootOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).isDirectory()) return await realpath(path)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') {
      throw usageError('INPUT_MISSING', `There is no folder ${path}.`, {hint: 'Check the path.', cause})
    }
    throw unreadable(path, cause)
  }
  throw usageError('INPUT_NOT_A_FOLDER', `${path} is no folder.`, {
    why: 'A model is a folder with config.json, weights and tokenizer; an archive is not taken.',
    hint: 'Unpack it, or name the folder that holds config.json.',
  })
}

interface Found {
  readonly files: ModelFile[]
  readonly odd: OddEntry[]
  readonly unseen: string[]
  /** Where links lead that stay inside. */
  readonly real: Map<string, string>
}

async function listFolder(
  root: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<ModelListing & Pick<Found, 'real'>> {
  const found: Found = {files: [], odd: [], unseen: [], real: new Map()}
  const folders = [{full: root, prefix: '', level: 0}]
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    signal?.throwIfAborted()
    for (const entry of await entriesOf(folder.full)) {
      if (found.files.length + found.odd.length >= MOST_FILES) throw tooMany(name)
      const path = `${folder.prefix}${entry.name}`
      const full = join(folder.full, entry.name)
      if (!entry.isDirectory() || isUnnameable(path)) await noteEntry(found, entry, {root, full, path})
      else if (UNSEEN_FOLDERS.includes(entry.name) || folder.level >= MOST_LEVELS) found.unseen.push(path)
      else folders.push({full, prefix: `${path}/`, level: folder.level + 1})
    }
  }
  const byPath = (a: {readonly path: string}, b: {readonly path: string}) => (a.path < b.path ? -1 : 1)
  return {files: found.files.sort(byPath), odd: found.odd.sort(byPath), unseen: found.unseen.sort(), real: found.real}
}

/** Bytes that are no UTF-8 are read as this sign: no file can be opened by such a name, and no index can have it. */
function isUnnameable(name: string): boolean {
  return name.includes('\ufffd')
}

interface Place {
  readonly root: string
  readonly full: string
  readonly path: string
}

async function noteEntry(found: Found, entry: Dirent, place: Place): Promise<void> {
  if (isUnnameable(place.path)) found.odd.push({path: place.path, kind: 'unnameable'})
  else if (entry.isSymbolicLink()) await noteLink(found, place)
  else if (entry.isFile()) found.files.push({path: place.path, ...(await factsOf(place.full))})
  else found.odd.push({path: place.path, kind: 'special'})
}

async function factsOf(full: string): Promise<Omit<ModelFile, 'path'>> {
  try {
    const {mtimeMs, size} = await lstat(full)
    return {bytes: size, modifiedMs: mtimeMs}
  } catch (cause) {
    throw unreadable(full, cause)
  }
}

async function noteLink({files, odd, real: kept}: Found, {root, full, path}: Place): Promise<void> {
  const target = await readlink(full).catch(() => '')
  try {
    const real = await realpath(full)
    const inside = real.startsWith(root + sep)
    const facts = await stat(real)
    if (!inside) odd.push({path, kind: 'link-out', target})
    else if (facts.isFile()) {
      files.push({path, bytes: facts.size, modifiedMs: facts.mtimeMs})
      kept.set(path, real)
    } else odd.push({path, kind: facts.isDirectory() ? 'link-folder' : 'special', target})
  } catch (cause) {
    const code = codeOf(cause)
    if (code !== 'ENOENT' && code !== 'ELOOP' && code !== 'ENOTDIR') throw unreadable(full, cause)
    odd.push({path, kind: code === 'ELOOP' ? 'link-loop' : 'link-dangling', target})
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, {withFileTypes: true})
  } catch (cause) {
    throw unreadable(folder, cause)
  }
}

/**
 * Opens a file where it was found: what became a link since then is not followed. Reads are at once, as a header of a
 * file of this machine takes less than handing it to a thread; what waits has its turn between them.
 */
async function readFile(full: string, file: ModelFile, start: number, end: number): Promise<Buffer> {
  await turn()
  try {
    const descriptor = openSync(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      return readAt(descriptor, start, Math.max(0, Math.min(end, file.bytes) - start))
    } finally {
      closeSync(descriptor)
    }
  } catch (cause) {
    throw unreadable(full, cause)
  }
}

function readAt(descriptor: number, start: number, wanted: number): Buffer {
  const buffer = Buffer.allocUnsafe(wanted)
  let filled = 0
  while (filled < wanted) {
    const bytes = readSync(descriptor, buffer, filled, wanted - filled, start + filled)
    if (bytes === 0) break
    filled += bytes
  }
  return buffer.subarray(0, filled)
}

function unreadable(path: string, cause: unknown): BedrockctlError {
  return usageError('INPUT_UNREADABLE', `${path} cannot be read.`, {
    why: cause instanceof Error ? cause.message : undefined,
    hint: 'Check the permissions of the file and of its folder.',
    action: 'read',
    cause,
  })
}

/** A folder with more entries than a model can have. */
export function tooMany(name: string): BedrockctlError {
  return usageError('TOO_MANY_FILES', `${name} has more than ${MOST_FILES.toLocaleString('en-US')} files.`, {
    why: 'No model has so many: this is another folder than was meant.',
    hint: 'Name the folder that holds config.json.',
  })
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
