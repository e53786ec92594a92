import {parseArn} from '../core/arn.js'
import {BedrockctlError, usageError} from '../core/errors.js'
import {Collection, type CollectionPorts} from './collect/collection.js'
import {type Narrowed, needsOf} from './collect/narrowed.js'
import {unreadOf} from './collect/unread-of.js'
import type {CallerIdentity, IdentitySource, RegionOptIn, RegionOptInSource} from './ports.js'
import {READ_IDS, withDependencies} from './reads.js'
import type {AccountSnapshot, ReadId} from './snapshot.schema.js'

export interface CollectInput {
  readonly reads: readonly ReadId[]
  readonly regions: readonly string[]
  /** Regions that were asked for by name: that one of them is not enabled is then a failure. */
  readonly named: readonly string[]
  readonly homeRegion: string
  readonly toolVersion: string
  /** Models that somebody means to call, though nothing in the account leads to them: ids or ARNs as called. */
  readonly models?: readonly string[] | undefined
  /** Reads that ask about certain things alone, instead of everything that is in use. */
  readonly narrowed?: Narrowed | undefined
  /** What an earlier run has read, and how old of it may stay. */
  readonly resume?: {readonly snapshot: AccountSnapshot; readonly maxAgeMs: number} | undefined
}

export interface CollectPorts extends CollectionPorts {
  readonly identity: IdentitySource
  readonly regionOptIns: RegionOptInSource
  simulated(): boolean
}

/** Reads an account. A call that fails leaves its read unread and the rest goes on; so does an interruption. */
export async function collectSnapshot(
  input: CollectInput,
  ports: CollectPorts,
  signal: AbortSignal,
): Promise<AccountSnapshot> {
  const takenAt = ports.now()
  const [caller, optIns] = await Promise.all([ports.identity.whoAmI(signal), readOptIns(ports.regionOptIns, signal)])
  if (input.resume) assertSameAccount(input.resume.snapshot, caller)
  const narrowed = input.narrowed ?? {}
  const reads = withDependencies(input.reads, (id) => needsOf(id, narrowed))
  const collection = new Collection(
    {
      reads,
      regions: input.regions,
      account: caller.account,
      homeRegion: input.homeRegion,
      models: input.models ?? [],
      narrowed,
      optIns,
      previous: input.resume?.snapshot,
      oldest: takenAt.getTime() - (input.resume?.maxAgeMs ?? 0),
    },
    ports,
    signal,
  )
  await collection.run()
  const found = collection.log.toReads(READ_IDS)
  return {
    schemaVersion: 1,
    simulated: ports.simulated(),
    unread: unreadOf(found, new Set(input.named)),
    kind: 'bedrockctl-account-snapshot',
    tool: {name: 'bedrockctl', version: input.toolVersion},
    takenAt: takenAt.toISOString(),
    complete: collection.tasks.every(({id, region}) => collection.log.entry(id, region) !== undefined),
    partition: parseArn(caller.arn)?.partition ?? 'aws',
    caller,
    regions: input.regions.map((name) => ({name, optIn: optIns.get(name) ?? 'unknown'})),
    selection: reads,
    reads: found,
  }
}

/** Which Regions are enabled only saves calls: where it cannot be read, each Region says so itself. */
async function readOptIns(source: RegionOptInSource, signal: AbortSignal): Promise<ReadonlyMap<string, RegionOptIn>> {
  try {
    return await source.listRegionOptIns(signal)
  } catch (error) {
    if (error instanceof BedrockctlError && error.code !== 'INTERRUPTED') return new Map()
    throw error
  }
}

function assertSameAccount({caller: {account}}: AccountSnapshot, caller: CallerIdentity): void {
  if (account === caller.account) return
  throw usageError(
    'SNAPSHOT_OF_OTHER_ACCOUNT',
    `The snapshot to resume is of account ${account}, not ${caller.account}.`,
    {
      hint: 'Use the profile it was taken with, or take a new snapshot.',
    },
  )
}
