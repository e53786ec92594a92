import type {Unread} from '../../core/answer.schema.js'
import {usageError} from '../../core/errors.js'
import type {LifecyclePorts} from '../lifecycle/assess-lifecycle.js'
import {createJudge} from '../lifecycle/judge-mention.js'
import {scanSources} from '../lifecycle/scan-sources.js'
import type {CollectedOffers} from '../offers/collect-offers.js'
import {resolveBaseModels} from '../references/resolve-base-models.js'
import {compareLocks} from './compare-locks.js'
import {currentLock, formatLock, type Reliance} from './current-lock.js'
import type {LockResult} from './lock.schema.js'
import type {LockFile} from './lock-file.schema.js'
import {assertKnownModels, readLock, writeLock} from './lock-store.js'

export interface LockModelsInput {
  readonly file: string
  /** Any id, ARN or display name. With neither these nor folders: what the file names. */
  readonly models: readonly string[]
  /** Folders whose sources name the models; undefined without --scan. */
  readonly folders: readonly string[] | undefined
  /** Source Regions as asked for; empty for those of the file. */
  readonly from: readonly string[]
  /** Source Regions when neither the caller nor the file names any. Refuses when there is none. */
  readonly defaultFrom: () => readonly string[]
  readonly dryRun: boolean
  /** Today. */
  readonly at: Date
}

/** Writes what a project relies on. Nothing is written when a Region could not be read. */
export async function lockModels(
  input: LockModelsInput,
  ports: LifecyclePorts,
  signal: AbortSignal,
): Promise<LockResult> {
  const {file, at, dryRun} = input
  const existing = await readLock(file, ports.catalog)
  const {reliance, collected} =
    input.models.length === 0 && input.folders === undefined
      ? await relyAgain(input, existing, ports)
      : await relyOnNamed(input, ports, signal)
  const simulated = ports.simulated()
  if (existing) assertSameWorld(file, existing, simulated)
  const current = currentLock(reliance, {catalog: ports.catalog, offers: collected.offers, simulated, at})
  const unread = unreadOf(collected)
  const {changes, undecided} = existing ? compareLocks(existing, current) : {changes: [], undecided: []}
  const same = existing !== undefined && comparable(existing) === comparable(current.lock)
  const outcome = unread.length > 0 ? 'not-written' : dryRun ? 'would-write' : same ? 'unchanged' : 'written'
  if (outcome === 'written') {
    signal.throwIfAborted()
    await writeLock(file, formatLock(current.lock))
  }
  return {schemaVersion: 1, simulated, unread, file, outcome, lock: current.lock, changes, undecided}
}

interface Relied {
  readonly reliance: Reliance
  readonly collected: CollectedOffers
}

/** The models of the file, from its Regions or from those asked for. */
async function relyAgain(
  input: LockModelsInput,
  existing: LockFile | undefined,
  ports: LifecyclePorts,
): Promise<Relied> {
  const {file, from} = input
  if (!existing) throw missing(file)
  const kept = Object.entries(existing.models).map(([id, model]) => [id, Object.keys(model.from)] as const)
  const ofFile = kept.flatMap(([, regions]) => regions)
  const regions = sortedOnce(from.length > 0 ? from : ofFile.length > 0 ? ofFile : input.defaultFrom())
  const collected = await ports.readOffers(regions)
  assertModelsKnown(file, existing, ports, collected)
  return {reliance: new Map(kept.map(([id, own]) => [id, from.length > 0 ? regions : own])), collected}
}

/** The models that were named or that sources name, each from every Region asked for. */
async function relyOnNamed(input: LockModelsInput, ports: LifecyclePorts, signal: AbortSignal): Promise<Relied> {
  const regions = sortedOnce(input.from.length > 0 ? input.from : input.defaultFrom())
  const collected = await ports.readOffers(regions)
  const ids = await namedIds(input, ports, collected.offers, signal)
  if (ids.length === 0) {
    throw usageError('NOTHING_TO_LOCK', 'No model was found in the sources.', {
      hint: 'Name the models: bedrockctl models lock MODEL --from REGION',
    })
  }
  return {reliance: new Map(ids.map((id) => [id, regions])), collected}
}

/** Compares what a project relies on with what is true now. */
export async function checkLock(
  {file, at}: Pick<LockModelsInput, 'file' | 'at'>,
  ports: LifecyclePorts,
): Promise<LockResult> {
  const {catalog} = ports
  const existing = await readLock(file, ports.catalog)
  if (!existing) throw missing(file)
  const reliance: Reliance = new Map(Object.entries(existing.models).map(([id, {from}]) => [id, Object.keys(from)]))
  const collected = await ports.readOffers(sortedOnce([...reliance.values()].flat()))
  const {offers} = collected
  assertModelsKnown(file, existing, ports, collected)
  const simulated = ports.simulated()
  assertSameWorld(file, existing, simulated)
  const current = currentLock(reliance, {catalog, offers, simulated, at})
  const {changes, undecided} = compareLocks(existing, current)
  return {
    schemaVersion: 1,
    simulated,
    unread: unreadOf(collected),
    file,
    outcome: 'checked',
    lock: current.lock,
    changes,
    undecided,
    gate: {
      requirement: `nothing changed since ${file} was written`,
      passed: changes.length === 0,
      failures: changes.map(({words}) => words),
    },
  }
}

function missing(file: string) {
  return usageError('LOCK_MISSING', `There is no lock file ${file}.`, {
    hint: 'Write one: bedrockctl models lock MODEL --from REGION',
  })
}

/** What a sandbox says and what AWS says are not comparable, and must not overwrite each other. */
function assertSameWorld(file: string, lock: LockFile, simulated: boolean): void {
  if (lock.read.simulated === simulated) return
  throw usageError('LOCK_SIMULATED', `${file} was ${simulated ? 'not ' : ''}locked from a sandbox.`, {
    why: 'What a sandbox says and what AWS says are not comparable.',
    hint: simulated
      ? 'Leave out --sandbox, or name another --file.'
      : 'Name another --file, or remove it and lock anew.',
  })
}

/**
 * A model that nobody knows is a slip in the file, unless the facts at hand know less than those it was locked from: a
 * Region that was not read, or the bundle where a live Region was read before.
 */
function assertModelsKnown(file: string, lock: LockFile, {catalog}: LifecyclePorts, collected: CollectedOffers): void {
  const {offers, unread, notEnabled} = collected
  const knowLess = offers.some(({region, origin}) => {
    const before = lock.read.regions[region]?.kind
    return origin.kind === 'bundle' && before !== undefined && before !== 'bundle'
  })
  if (unread.length > 0 || notEnabled.length > 0 || knowLess) return
  assertKnownModels(file, lock, catalog, offeredIds(collected))
}

function sortedOnce(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}

async function namedIds(
  {models, folders, at}: LockModelsInput,
  {catalog, references}: LifecyclePorts,
  offers: CollectedOffers['offers'],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const named = await resolveBaseModels(models, {catalog, offers, references}, signal)
  if (folders === undefined) return named
  const {uses} = await scanSources(folders, createJudge({catalog, offers, at}, undefined), {signal})
  signal.throwIfAborted()
  return [...new Set([...named, ...uses.map(({modelId}) => modelId)])]
}

function offeredIds({offers}: CollectedOffers): ReadonlySet<string> {
  return new Set(
    offers.flatMap(({models, profiles}) => [...models.map(({id}) => id), ...profiles.map(({modelId}) => modelId)]),
  )
}

/** A Region that the account has disabled since says nothing about its models either. */
function unreadOf({unread, notEnabled}: CollectedOffers): readonly Unread[] {
  return [
    ...unread,
    ...notEnabled.map((region) => ({
      region,
      action: 'bedrock:ListFoundationModels',
      code: 'REGION_NOT_ENABLED',
      reason: 'the account has not enabled this Region',
    })),
  ]
}

/** A lock without the moments of its reads: a later read of the same facts changes no file. */
function comparable({models, read}: LockFile): string {
  const kinds = Object.entries(read.regions).map(([region, {kind}]) => [region, kind])
  return JSON.stringify([models, read.simulated, kinds])
}
