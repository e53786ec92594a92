import type {Stats} from 'node:fs'
import {readdir, readFile, realpath, stat} from 'node:fs/promises'
import {join, posix} from 'node:path'
import type {Ignore} from 'ignore'
import {usageError} from '../../core/errors.js'

/** A file of a source tree. */
export interface SourceFile {
  readonly path: string
  /** As it is shown: from the folder that was named, with forward slashes. */
  readonly shown: string
}

/** Folders that hold no sources of the project, passed over where Git does not say so itself. */
const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules'])

/**
 * The files of a folder as they are found: in a Git work tree what Git knows or would add, elsewhere everything that no
 * .gitignore names. Links are not followed. A folder that cannot be read is told to `onSkipped`.
 */
export async function* listSources(
  folder: string,
  onSkipped: (shown: string, reason: string) => void,
  signal: AbortSignal,
): AsyncGenerator<SourceFile> {
  const stats = await statOf(folder)
  const shown = toShown(folder)
  if (stats.isFile()) {
    yield {path: await realpath(folder), shown}
    return
  }
  if (await isTracked(folder, signal)) {
    yield* listTracked(folder, shown, onSkipped, signal)
    return
  }
  yield* walk({folder, shown, rules: []}, onSkipped, signal)
}

/** Refuses what is not there, before anything is read. */
export async function statOf(folder: string): Promise<Stats> {
  try {
    return await stat(folder)
  } catch (cause) {
    throw usageError('NO_SUCH_FOLDER', `There is nothing to scan at "${folder}".`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name a folder or a file that exists: --scan src',
      cause,
    })
  }
}

function toShown(folder: string): string {
  const shown = posix.normalize(folder.replaceAll('\\', '/'))
  return shown === '/' ? shown : shown.replace(/\/$/, '')
}

const joinShown = (folder: string, name: string) => (folder === '.' ? name : posix.join(folder, name))

async function git(folder: string, args: readonly string[], signal: AbortSignal) {
  const {execa} = await import('execa')
  // A repository's own settings must not start programs of its choosing.
  return execa('git', ['-c', 'core.fsmonitor=false', ...args], {cwd: folder, cancelSignal: signal, reject: false})
}

/** False without Git, outside a work tree, and for a folder that Git itself ignores: it was named on purpose. */
async function isTracked(folder: string, signal: AbortSignal): Promise<boolean> {
  const inside = await git(folder, ['rev-parse', '--is-inside-work-tree'], signal)
  if (inside.exitCode !== 0 || inside.stdout.trim() !== 'true') return false
  const ignored = await git(folder, ['check-ignore', '--quiet', '.'], signal)
  return ignored.exitCode !== 0
}

async function* listTracked(
  folder: string,
  shown: string,
  onSkipped: (shown: string, reason: string) => void,
  signal: AbortSignal,
): AsyncGenerator<SourceFile> {
  const {execa} = await import('execa')
  const listing = execa('git', ['-c', 'core.fsmonitor=false', 'ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: folder,
    cancelSignal: signal,
    buffer: false,
    encoding: 'buffer',
    reject: false,
  })
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of listing.iterable({binary: true})) {
    const names = (rest + decoder.decode(chunk, {stream: true})).split('\0')
    rest = names.pop() ?? ''
    for (const name of names) yield {path: join(folder, name), shown: joinShown(shown, name)}
  }
  const {exitCode} = await listing
  if (exitCode !== 0) onSkipped(shown, 'git ls-files did not finish: files may be missing')
}

interface Level {
  readonly folder: string
  readonly shown: string
  readonly rules: readonly Rules[]
}

/** The patterns of one .gitignore, which speak of what lies below its folder. */
interface Rules {
  readonly shown: string
  readonly patterns: Ignore
}

async function* walk(
  {folder, shown, rules}: Level,
  onSkipped: (shown: string, reason: string) => void,
  signal: AbortSignal,
): AsyncGenerator<SourceFile> {
  if (signal.aborted) return
  const own = await readRules(folder, shown)
  const known = own ? [...rules, own] : rules
  let entries: Awaited<ReturnType<typeof readEntries>>
  try {
    entries = await readEntries(folder)
  } catch (error) {
    onSkipped(shown, error instanceof Error ? error.message : String(error))
    return
  }
  for (const entry of entries) {
    const child = joinShown(shown, entry.name)
    if (entry.isDirectory()) {
      if (NEVER.has(entry.name) || isIgnored(`${child}/`, known)) continue
      yield* walk({folder: join(folder, entry.name), shown: child, rules: known}, onSkipped, signal)
    } else if (entry.isFile() && !isIgnored(child, known)) {
      yield {path: join(folder, entry.name), shown: child}
    }
  }
}

async function readEntries(folder: string) {
  const entries = await readdir(folder, {withFileTypes: true})
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function readRules(folder: string, shown: string): Promise<Rules | undefined> {
  let text: string
  try {
    text = await readFile(join(folder, '.gitignore'), 'utf8')
  } catch {
    return undefined
  }
  const {default: ignore} = await import('ignore')
  return {shown, patterns: ignore().add(text)}
}

/** The nearest .gitignore that says anything decides, as in Git. */
function isIgnored(shown: string, rules: readonly Rules[]): boolean {
  for (const {shown: root, patterns} of rules.toReversed()) {
    const verdict = patterns.test(root === '.' ? shown : shown.slice(root.length + 1))
    if (verdict.ignored) return true
    if (verdict.unignored) return false
  }
  return false
}
