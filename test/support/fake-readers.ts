import type {Narrowed} from '../../src/lib/account/collect/narrowed.js'
import {collectSnapshot} from '../../src/lib/account/collect-snapshot.js'
import type {ReadContext, Readers} from '../../src/lib/account/ports/readers.js'
import type {RegionOptIn} from '../../src/lib/account/ports.js'
import type {AccountSnapshot, ReadId} from '../../src/lib/account/snapshot.schema.js'
import {BedrockctlError, type Fault} from '../../src/lib/core/errors.js'

export const NOW = new Date('2026-11-21T09:00:00.000Z')

interface Setting {
  readonly regions?: readonly string[]
  readonly named?: readonly string[]
  readonly optIns?: Readonly<Record<string, RegionOptIn>>
  readonly account?: string
  readonly resume?: {readonly snapshot: AccountSnapshot; readonly maxAgeMs: number}
  readonly narrowed?: Narrowed
  readonly isOffered?: (service: string, region: string) => boolean | undefined
  readonly signal?: AbortSignal
  readonly now?: Date
}

/** A snapshot taken with readers of the test's own. */
export function collect(reads: readonly ReadId[], readers: Readers, setting: Setting = {}): Promise<AccountSnapshot> {
  const {regions = ['eu-west-1'], account = '111122223333', now = NOW} = setting
  return collectSnapshot(
    {
      reads,
      regions,
      named: setting.named ?? regions,
      homeRegion: 'eu-west-1',
      toolVersion: '1.2.3',
      resume: setting.resume,
      narrowed: setting.narrowed,
    },
    {
      identity: {whoAmI: async () => ({account, arn: `arn:aws:iam::${account}:user/me`, userId: 'AIDA'})},
      regionOptIns: {listRegionOptIns: async () => new Map(Object.entries(setting.optIns ?? {}))},
      readers: {readersOf: async () => readers},
      isOffered: setting.isOffered ?? (() => undefined),
      simulated: () => true,
      now: () => now,
    },
    setting.signal ?? new AbortController().signal,
  )
}

/** A failed call. */
export function failure(code: string, action: string, fault: Fault = 'access'): BedrockctlError {
  return new BedrockctlError(code, `${action} failed with ${code}.`, {fault, action})
}

/** A reader whose call fails. */
export function failing(
  code: string,
  action: string,
  fault: Fault = 'access',
): (context: ReadContext) => Promise<never> {
  return async () => {
    throw failure(code, action, fault)
  }
}
