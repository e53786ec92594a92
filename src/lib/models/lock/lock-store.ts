import {readFile} from 'node:fs/promises'
import type {Catalog} from '../../catalog/catalog.js'
import {closestIds, idCandidates} from '../../catalog/closest-models.js'
import {didYouMean} from '../../core/closest.js'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import {formatPath} from '../../core/format-path.js'
import {writeWhole} from '../../core/write-whole.js'
import type {LockFile} from './lock-file.schema.js'

/** Reads a lock file; undefined when there is none. Everything wrong with it is told at once. */
export async function readLock(file: string, catalog: Catalog): Promise<LockFile | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw usageError('LOCK_UNREADABLE', `${file} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name another one with --file.',
      cause,
    })
  }
  const document = parseJson(file, text)
  const {lockFileSchema} = await import('./lock-file.schema.js')
  const version = isObject(document) ? document['schemaVersion'] : undefined
  if (typeof version === 'number' && version > 1) {
    throw usageError('LOCK_VERSION', `${file} is of version ${version}; this bedrockctl reads version 1.`, {
      hint: 'Use the bedrockctl that wrote it, or remove it and lock anew.',
    })
  }
  const parsed = lockFileSchema.safeParse(document)
  const names = namesOf(document)
  const aboutRegions = unknownRegions(names, catalog)
  if (parsed.success && aboutRegions.length === 0) return parsed.data
  const issues = (parsed.error?.issues ?? []).map(({path, message}) => `${formatPath(path)}: ${message}`)
  // Ids wait for the read, unless there will be none: a Region may know models that the catalog does not.
  const aboutIds = unknownIds(names, catalog, new Set())
  throw damaged(file, [...issues, ...aboutRegions, ...aboutIds])
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const position = /position (\d+)/.exec(String(cause))?.[1]
    const line = position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length
    throw damaged(file, [`line ${line ?? text.split('\n').length}: not JSON`], cause)
  }
}

function damaged(file: string, problems: readonly string[], cause?: unknown): BedrockctlError {
  return usageError('LOCK_DAMAGED', `${file} is not a lock file, or a damaged one.`, {
    why: problems.join('\n'),
    hint: 'Restore it from version control, or remove it and lock anew: bedrockctl models lock MODEL --from REGION',
    cause,
  })
}

/** Base model → source Regions, as far as a document of any shape names them. */
type Names = ReadonlyMap<string, readonly string[]>

function namesOf(document: unknown): Names {
  const models = isObject(document) && isObject(document['models']) ? document['models'] : {}
  return new Map(
    Object.entries(models).map(([id, model]) => {
      const from = isObject(model) && isObject(model['from']) ? model['from'] : {}
      return [id, Object.keys(from)]
    }),
  )
}

function unknownIds(names: Names, catalog: Catalog, offered: ReadonlySet<string>): readonly string[] {
  const ids = [...names.keys()].filter((id) => catalog.model(id) === undefined && !offered.has(id))
  return ids.map((id) => {
    const near = closestIds(id, idCandidates(catalog.models))
    return `${formatPath(['models', id])}: no such model${near.length > 0 ? `; did you mean ${near.join(', ')}?` : ''}`
  })
}

function unknownRegions(names: Names, catalog: Catalog): readonly string[] {
  const known = catalog.regions.map(({name}) => name)
  return [...names].flatMap(([id, regions]) =>
    regions
      .filter((region) => catalog.region(region) === undefined)
      .map((region) => {
        const place = formatPath(['models', id, 'from', region])
        return `${place}: no Region with Bedrock. ${didYouMean(region, known) ?? ''}`.trimEnd()
      }),
  )
}

/** Refuses models that neither the catalog nor a Region knows, all of them at once. `offered` are the ids read. */
export function assertKnownModels(file: string, lock: LockFile, catalog: Catalog, offered: ReadonlySet<string>): void {
  const problems = unknownIds(namesOf(lock), catalog, offered)
  if (problems.length > 0) throw damaged(file, problems)
}

export async function writeLock(file: string, text: string): Promise<void> {
  try {
    await writeWhole(file, text)
  } catch (cause) {
    throw usageError('LOCK_NOT_WRITTEN', `${file} cannot be written.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name another one with --file.',
      cause,
    })
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
