import {readdir, rename, rm, stat} from 'node:fs/promises'
import {dirname, isAbsolute, join, resolve} from 'node:path'
import {didYouMean} from '../../core/closest.js'
import {BedrockctlError, usageError} from '../../core/errors.js'
import {firstLines} from '../../core/text.js'
import {readSummary} from './read-run-document.js'
import {createRunFolder, openRunFolder, writeSummary} from './run-folder.js'
import type {KeptRun, Run, RunStore} from './run-store.js'

const ID = /^\d{8}-\d{6}-[a-z]{4}$/
const TOLD = 8

/** Runs under the state folder of this machine, a folder each. */
export function createRunStore(stateFolder: string): RunStore {
  const root = join(stateFolder, 'bench')
  return {
    create: (head) => createRunFolder(join(root, head.id), head),
    async keep(summary) {
      const place = join(root, summary.id)
      await writeSummary(place, summary)
      return place
    },
    open: (reference) => openReference(root, reference),
    async list() {
      const ids = await idsOf(root)
      return Promise.all(ids.map((id) => describe(root, id)))
    },
    async remove(id) {
      // Renamed first: who lists runs meanwhile sees it whole or not at all.
      const gone = join(root, `.${id}.${process.pid}.gone`)
      await rename(join(root, id), gone)
      await rm(gone, {recursive: true, force: true})
    },
  }
}

/** Ids of the runs in a folder, newest first. */
export async function idsOf(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, {withFileTypes: true}).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return []
    throw usageError('STATE_UNREADABLE', `The runs in ${root} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Check the folder and its permissions; BEDROCKCTL_STATE_DIR names another one.',
      cause,
    })
  })
  return entries
    .flatMap((entry) => (entry.isDirectory() && ID.test(entry.name) ? [entry.name] : []))
    .sort()
    .reverse()
}

async function openReference(root: string, reference: string): Promise<Run> {
  if (isPath(reference)) return openPath(reference)
  const ids = await idsOf(root)
  if (ids.length === 0) {
    throw usageError('RUN_UNKNOWN', 'There are no runs on this machine yet.', {
      hint: 'Make one.',
      actions: ['bedrockctl bench run --target TARGET'],
    })
  }
  const id = reference === 'latest' ? ids[0] : await idOf(root, reference, ids)
  const run = await openRunFolder(join(root, id ?? ''))
  if (run === undefined) throw empty(join(root, id ?? ''))
  return run
}

async function idOf(root: string, reference: string, ids: readonly string[]): Promise<string> {
  if (ids.includes(reference)) return reference
  const runs = await Promise.all(ids.map((id) => describe(root, id)))
  const named = runs.find(({head, summary}) => (summary ?? head)?.name === reference)
  if (named !== undefined) return named.id
  const begun = reference === '' ? [] : ids.filter((id) => id.startsWith(reference))
  const [only, ...more] = begun
  if (only !== undefined && more.length === 0) return only
  if (only !== undefined) {
    throw usageError('RUN_AMBIGUOUS', `${begun.length} runs begin with ${reference}.`, {
      why: firstLines(begun, TOLD),
      hint: 'Give more of the id, or latest.',
    })
  }
  const names = runs.flatMap(({head, summary}) => (summary ?? head)?.name ?? [])
  throw usageError('RUN_UNKNOWN', `No run is called ${reference}.`, {
    why: didYouMean(reference, ['latest', ...names, ...ids]),
    hint: 'List them.',
    actions: ['bedrockctl bench list'],
  })
}

function isPath(reference: string): boolean {
  return isAbsolute(reference) || /[/\\]/.test(reference) || reference.endsWith('.json') || reference.startsWith('.')
}

async function openPath(path: string): Promise<Run> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) {
    throw usageError('RUN_UNKNOWN', `There is nothing at ${path}.`, {
      hint: 'A run is named by its id, its name or its folder.',
    })
  }
  if (!found.isDirectory()) {
    const summary = await readSummary(path)
    const run = await openRunFolder(dirname(resolve(path)))
    if (summary !== undefined && run?.summary?.id === summary.id) return run
    if (summary !== undefined) return withoutSamples(summary, path)
    throw empty(path)
  }
  const run = await openRunFolder(path)
  if (run === undefined) throw empty(path)
  return run
}

function withoutSamples(summary: NonNullable<Run['summary']>, place: string): Run {
  return {
    id: summary.id,
    place,
    head: undefined,
    summary,
    changedAt: summary.endedAt,
    cells: async () => [],
    samples: nothing,
    ends: async () => [],
    gaps: async () => new Map(),
    telemetry: nothing,
  }
}

async function* nothing(): AsyncGenerator<never> {}

function empty(place: string) {
  return usageError('RUN_UNKNOWN', `${place} is no run.`, {
    why: 'It has neither a plan.json nor a summary.json.',
    hint: 'A result file of another tool is read with bedrockctl bench import.',
  })
}

async function describe(root: string, id: string): Promise<KeptRun> {
  const place = join(root, id)
  const bytes = await bytesOf(place)
  try {
    const run = await openRunFolder(place)
    const problem = run === undefined ? 'It has neither a plan.json nor a summary.json.' : undefined
    return {id, place, bytes, head: run?.head, summary: run?.summary, problem}
  } catch (error) {
    if (!(error instanceof BedrockctlError)) throw error
    return {id, place, bytes, head: undefined, summary: undefined, problem: error.message}
  }
}

async function bytesOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name)).catch(() => undefined))?.size),
  )
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
}
