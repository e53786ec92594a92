import {constants} from 'node:fs'
import {open} from 'node:fs/promises'
import {resolve} from 'node:path'
import {createFinder, type FindMentions} from './find-mentions.js'
import type {Judge} from './judge-mention.js'
import type {Scan, ScanFinding} from './lifecycle.schema.js'
import {listSources, type SourceFile, statOf} from './list-sources.js'

export interface ScanOptions {
  readonly signal: AbortSignal
  readonly onProgress?: (read: number) => void
  /** Opens a file for reading; the file system's own unless given. */
  readonly openFile?: typeof open
}

/** Files in flight: with the limit below, what the scan holds at once. */
const CONCURRENCY = 8
const LARGEST_BYTES = 5 * 1024 * 1024
/** As Git decides what is binary. */
const SNIFFED_BYTES = 8000

/** Git lists links too; what they lead to is scanned where it lies, or lies outside. Windows has no such flag. */
const READ_NO_LINK = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)
/** A link, a submodule, and what Git knows although it was deleted. */
const NO_FILE = new Set(['ELOOP', 'EISDIR', 'ENOENT', 'ENOTDIR'])

interface Tally {
  read: number
  binary: number
  tooLarge: number
  readonly skipped: {file: string; reason: string}[]
  readonly uses: Map<string, {text: string; modelId: string; count: number}>
  readonly findings: ScanFinding[]
}

/**
 * Reads the sources below each folder and judges every id and ARN in them. Files are read a few at a time; a file that
 * cannot be read is told and costs the others nothing. An interrupted scan answers with what it has.
 */
export async function scanSources(
  folders: readonly string[],
  judge: Judge,
  {signal, onProgress, openFile = open}: ScanOptions,
): Promise<Scan> {
  for (const folder of folders) await statOf(folder)
  const tally: Tally = {read: 0, binary: 0, tooLarge: 0, skipped: [], uses: new Map(), findings: []}
  const find = createFinder(judge.providers)
  const files = distinct(folders, tally, signal)
  const work = async () => {
    for await (const file of files) {
      if (signal.aborted) return
      const content = await readText(file.path, openFile)
      take(content, file.shown, find, judge, tally)
      onProgress?.(tally.read)
    }
  }
  try {
    await Promise.all(Array.from({length: CONCURRENCY}, work))
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return {
    folders,
    complete: !signal.aborted,
    files: {read: tally.read, binary: tally.binary, tooLarge: tally.tooLarge},
    skipped: tally.skipped.toSorted((a, b) => compareText(a.file, b.file)),
    uses: [...tally.uses.values()].sort((a, b) => compareText(a.text, b.text)),
    findings: tally.findings.toSorted(byPlace),
  }
}

/** Each file once, though folders may overlap. The iterator is shared by the readers, who each take the next. */
function distinct(folders: readonly string[], tally: Tally, signal: AbortSignal): AsyncIterable<SourceFile> {
  const seen = new Set<string>()
  const files = (async function* () {
    for (const folder of folders) {
      for await (const file of listSources(
        folder,
        (shown, reason) => tally.skipped.push({file: shown, reason}),
        signal,
      )) {
        if (folders.length > 1) {
          const path = resolve(file.path)
          if (seen.has(path)) continue
          seen.add(path)
        }
        yield file
      }
    }
  })()
  return {[Symbol.asyncIterator]: () => ({next: () => files.next()})}
}

function take(content: Content, file: string, find: FindMentions, judge: Judge, tally: Tally): void {
  switch (content.kind) {
    case 'text':
      tally.read += 1
      judgeText(content.text, file, find, judge, tally)
      return
    case 'binary':
    case 'tooLarge':
      tally[content.kind] += 1
      return
    case 'unreadable':
      tally.skipped.push({file, reason: content.reason})
      return
    case 'none':
      return
  }
}

/** Adds what one text says to the tally. */
function judgeText(text: string, file: string, find: FindMentions, judge: Judge, tally: Tally): void {
  for (const mention of find(text)) {
    const {modelId, problems} = judge.judge(mention)
    if (modelId !== null) {
      const use = tally.uses.get(mention.text) ?? {text: mention.text, modelId, count: 0}
      tally.uses.set(mention.text, {...use, count: use.count + 1})
    }
    for (const {rule, severity, message, remedy} of problems) {
      const {line, column} = mention
      tally.findings.push({rule, severity, file, line, column, text: mention.text, modelId, message, remedy})
    }
  }
}

type Content =
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'unreadable'; readonly reason: string}
  | {readonly kind: 'binary' | 'tooLarge' | 'none'}

async function readText(path: string, openFile: typeof open): Promise<Content> {
  try {
    const handle = await openFile(path, READ_NO_LINK)
    try {
      const stats = await handle.stat()
      if (!stats.isFile()) return {kind: 'none'}
      if (stats.size > LARGEST_BYTES) return {kind: 'tooLarge'}
      const bytes = await handle.readFile()
      return bytes.subarray(0, SNIFFED_BYTES).includes(0)
        ? {kind: 'binary'}
        : {kind: 'text', text: bytes.toString('utf8').replace(/^\uFEFF/, '')}
    } finally {
      await handle.close()
    }
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException
    if (code !== undefined && NO_FILE.has(code)) return {kind: 'none'}
    return {kind: 'unreadable', reason: code === 'EACCES' || code === 'EPERM' ? 'permission denied' : message}
  }
}

function byPlace(a: ScanFinding, b: ScanFinding): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.rule, b.rule)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
