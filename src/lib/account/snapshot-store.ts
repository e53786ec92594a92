import {readFile, stat} from 'node:fs/promises'
import {type BedrockctlError, usageError} from '../core/errors.js'
import {isTree} from '../core/is-tree.js'
import {firstLines} from '../core/text.js'
import {writeWhole} from '../core/write-whole.js'
import type {AccountSnapshot, Entry} from './snapshot.schema.js'
import {snapshotProblems} from './snapshot-problems.js'

/** Far above a snapshot of every Region of a large account; a longer text is none of ours. */
const LARGEST_BYTES = 400 * 1024 * 1024
/** As many problems are told; the rest is a number. */
const TOLD = 8

/** Reads a saved snapshot. A file that is not wholly one is refused, with the places that are wrong. */
export async function readSnapshot(file: string): Promise<AccountSnapshot> {
  const document = parseJson(file, await readText(file))
  const {accountSnapshotSchema, entryHeadSchema, readValueSchemas, SNAPSHOT_VERSION} = await import(
    './snapshot.schema.js'
  )
  const version = isTree(document) ? document['schemaVersion'] : undefined
  if (typeof version === 'number' && version !== SNAPSHOT_VERSION) {
    throw usageError(
      'SNAPSHOT_VERSION',
      `${file} is of version ${version}; this bedrockctl reads ${SNAPSHOT_VERSION}.`,
      {
        hint: 'Read it with the bedrockctl that wrote it, or take a new one.',
        actions: ['bedrockctl account snapshot --out snapshot.json'],
      },
    )
  }
  const problems = snapshotProblems(document, {accountSnapshotSchema, entryHeadSchema, readValueSchemas})
  if (problems.length > 0) throw damaged(file, problems)
  const snapshot = document as AccountSnapshot
  const twice = repeatedPlaces(snapshot)
  if (twice.length > 0) throw damaged(file, twice)
  return snapshot
}

async function readText(file: string): Promise<string> {
  try {
    const {size} = await stat(file)
    if (size > LARGEST_BYTES) throw damaged(file, [`${size} bytes: larger than any snapshot`])
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      throw usageError('SNAPSHOT_MISSING', `There is no file ${file}.`, {
        hint: 'Take a snapshot first.',
        actions: [`bedrockctl account snapshot --out ${file}`],
        cause,
      })
    }
    if (cause instanceof Error && 'fault' in cause) throw cause
    throw usageError('SNAPSHOT_UNREADABLE', `${file} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name another file.',
      cause,
    })
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const position = /position (\d+)/.exec(String(cause))?.[1]
    const line = text.slice(0, position === undefined ? undefined : Number(position)).split('\n').length
    const what = text.trim() === '' ? 'the file is empty' : `line ${line}: the JSON ends or breaks here`
    throw damaged(file, [what], cause)
  }
}

/** A judge would look at one of them only. */
function repeatedPlaces({reads}: AccountSnapshot): readonly string[] {
  return Object.entries(reads).flatMap(([id, entries]) => {
    const regions = (entries as readonly Entry<unknown>[]).map(({region}) => region)
    return new Set(regions).size === regions.length ? [] : [`reads["${id}"]: holds a Region twice`]
  })
}

function damaged(file: string, problems: readonly string[], cause?: unknown): BedrockctlError {
  return usageError('SNAPSHOT_DAMAGED', `${file} is not an account snapshot, or a damaged one.`, {
    why: firstLines(problems, TOLD),
    hint: 'Take it anew.',
    actions: [`bedrockctl account snapshot --out ${file}`],
    cause,
  })
}

export async function writeSnapshot(file: string, snapshot: AccountSnapshot): Promise<void> {
  try {
    // What an account holds is for its owner alone.
    await writeWhole(file, `${JSON.stringify(snapshot, null, 1)}\n`, {mode: 0o600})
  } catch (cause) {
    throw usageError('SNAPSHOT_NOT_WRITTEN', `${file} cannot be written.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name another one with --out.',
      cause,
    })
  }
}
