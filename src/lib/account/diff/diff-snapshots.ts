import type {Gate} from '../../core/answer.schema.js'
import {plural} from '../../core/text.js'
import {READ_IDS} from '../reads.js'
import type {AccountSnapshot, Entry, ReadId} from '../snapshot.schema.js'
import type {AccountDiff, NotCompared, SnapshotChange} from './diff.schema.js'
import {byIdentity, type Difference, diffValue} from './diff-value.js'
import {MEMBER_NOUNS, MOVING, NAMED_BY_OTHERS, nounOf, OBSERVATIONS} from './nouns.js'

export interface NamedSnapshot {
  readonly file: string
  readonly snapshot: AccountSnapshot
}

interface Found {
  readonly changes: readonly SnapshotChange[]
  readonly notCompared: readonly NotCompared[]
}

/** What changed between two snapshots, told apart from what only one of them could read. */
export function diffSnapshots(before: NamedSnapshot, after: NamedSnapshot, failOnChange: boolean): AccountDiff {
  const found = READ_IDS.filter((id) => !OBSERVATIONS.has(id)).flatMap((id) =>
    diffRead(id, before.snapshot, after.snapshot),
  )
  const changes = found.flatMap((one) => one.changes)
  return {
    schemaVersion: 1,
    simulated: before.snapshot.simulated || after.snapshot.simulated,
    unread: [],
    before: sideOf(before),
    after: sideOf(after),
    changes,
    notCompared: found.flatMap((one) => one.notCompared),
    ...(failOnChange ? {gate: gateOf(changes)} : {}),
  }
}

function sideOf({file, snapshot: {caller, takenAt, complete}}: NamedSnapshot): AccountDiff['before'] {
  return {file, account: caller.account, takenAt, complete}
}

function gateOf(changes: readonly SnapshotChange[]): Gate {
  return {
    requirement: 'nothing changed',
    passed: changes.length === 0,
    failures: changes.map(({words}) => words),
  }
}

function diffRead(read: ReadId, before: AccountSnapshot, after: AccountSnapshot): readonly Found[] {
  const [old, now] = [before.reads[read] ?? [], after.reads[read] ?? []] as const
  const regions = [...new Set([...old, ...now].map(({region}) => region))].sort()
  return regions.map((region) =>
    diffEntries(
      {read, region},
      old.find((entry) => entry.region === region),
      now.find((entry) => entry.region === region),
    ),
  )
}

interface Place {
  readonly read: ReadId
  readonly region: string
}

function diffEntries(place: Place, before: Entry<unknown> | undefined, after: Entry<unknown> | undefined): Found {
  if (before?.status === 'read' && after?.status === 'read') {
    const found = diffValues(place, before.value, after.value)
    return asked(before) && asked(after) ? found : withoutComings(found)
  }
  if (before?.status !== 'read' && after?.status !== 'read') return {changes: [], notCompared: []}
  const gone = before?.status === 'read'
  const other = gone ? after : before
  const kind = other === undefined ? 'not-collected' : gone ? 'no-longer-read' : 'newly-read'
  const why = other === undefined || other.status === 'read' ? '' : `: ${other.reason}`
  const what = `${nounOf(place.read)} of ${place.region}`
  const words = {
    'not-collected': `${what}: only the ${gone ? 'first' : 'second'} snapshot holds it`,
    'no-longer-read': `${what}: can no longer be read${why}`,
    'newly-read': `${what}: can be read now, could not before${why}`,
  }[kind]
  return {changes: [], notCompared: [{kind, ...place, resource: null, field: null, words}]}
}

/** Whether everything that says what to ask about was read. */
function asked(entry: Entry<unknown>): boolean {
  return entry.status === 'read' && entry.gaps.every(({code}) => code !== 'DEPENDENCY_UNREAD')
}

/** Where one side did not know all it had to ask about, nothing has come or gone. */
function withoutComings({changes, notCompared}: Found): Found {
  const [open, real] = [changes.filter(({field}) => field === null), changes.filter(({field}) => field !== null)]
  const doubts = open.map(
    ({kind, read, region, resource, words}): NotCompared => ({
      kind: kind === 'removed' ? 'no-longer-read' : 'newly-read',
      read,
      region,
      resource,
      field: null,
      words: `${words.replace(/: [^:]*$/, '')}: only one snapshot asked about it`,
    }),
  )
  return {changes: real, notCompared: [...notCompared, ...doubts]}
}

function diffValues(place: Place, before: unknown, after: unknown): Found {
  const noun = nounOf(place.read)
  if (Array.isArray(before) && Array.isArray(after)) return diffResources(place, noun, before, after)
  if (hasLists(before) && hasLists(after)) {
    return merge(
      Object.keys(MEMBER_NOUNS).map((member) =>
        diffResources(place, MEMBER_NOUNS[member] ?? noun, before[member] ?? [], after[member] ?? []),
      ),
    )
  }
  return tell(place, noun, noun, diffValue(before, after))
}

type Lists = Readonly<Record<string, readonly unknown[]>>

function hasLists(value: unknown): value is Lists {
  return typeof value === 'object' && value !== null && Object.keys(MEMBER_NOUNS).every((member) => member in value)
}

function diffResources(place: Place, noun: string, before: readonly unknown[], after: readonly unknown[]): Found {
  const [old, now] = [byIdentity(before), byIdentity(after)]
  const all = new Map([...old, ...now])
  return merge(
    [...all.keys()].map((key) => {
      const resource = nameOf(key, all.get(key))
      if (!now.has(key)) return came(place, noun, resource, 'removed')
      if (!old.has(key)) return came(place, noun, resource, 'added')
      return tell(place, noun, resource, diffValue(old.get(key), now.get(key)))
    }),
  )
}

/** The name people gave it, and what AWS calls it. */
function nameOf(key: string, item: unknown): string {
  const name = typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined
  return typeof name === 'string' && name !== '' && name !== key ? `${name} (${key})` : key
}

function came(place: Place, noun: string, resource: string, kind: 'added' | 'removed'): Found {
  const named = {added: 'in use now', removed: 'no longer in use'}[kind]
  const words = `${noun} ${resource}${where(place)}: ${NAMED_BY_OTHERS.has(place.read) ? named : kind}`
  return {changes: [{kind, ...place, resource, field: null, before: null, after: null, words}], notCompared: []}
}

function where({region}: Place): string {
  return region === 'global' ? '' : ` in ${region}`
}

/** The differences of one resource, in words. */
function tell(place: Place, noun: string, resource: string, differences: readonly Difference[]): Found {
  const subject = noun === resource ? `${noun}${where(place)}` : `${noun} ${resource}${where(place)}`
  const real = differences.filter(({field}) => !MOVING.has(field))
  return {
    changes: real.flatMap((difference) => toChange(place, resource, subject, difference)),
    notCompared: real.flatMap((difference) => {
      if (difference.kind !== 'no-longer-read' && difference.kind !== 'newly-read') return []
      const verb = difference.kind === 'no-longer-read' ? 'can no longer be read' : 'can be read now'
      const words = `${subject}: ${difference.field} ${verb} (${difference.why})`
      return [{kind: difference.kind, ...place, resource, field: difference.field, words}]
    }),
  }
}

function toChange(place: Place, resource: string, subject: string, difference: Difference): readonly SnapshotChange[] {
  const {kind, field} = difference
  switch (kind) {
    case 'no-longer-read':
    case 'newly-read':
      return []
    case 'changed': {
      const {before, after} = difference
      const words = `${subject}: ${field === '' ? '' : `${field} `}${orNone(before)} → ${orNone(after)}`
      return [{kind, ...place, resource, field, before, after, words}]
    }
    case 'added':
    case 'statement-added': {
      const words = `${subject}: ${field} gained ${kind === 'added' ? '' : 'statement '}${difference.what}`
      return [
        {
          kind: kind === 'added' ? 'changed' : kind,
          ...place,
          resource,
          field,
          before: null,
          after: difference.what,
          words,
        },
      ]
    }
    case 'removed':
    case 'statement-removed': {
      const words = `${subject}: ${field} lost ${kind === 'removed' ? '' : 'statement '}${difference.what}`
      return [
        {
          kind: kind === 'removed' ? 'changed' : kind,
          ...place,
          resource,
          field,
          before: difference.what,
          after: null,
          words,
        },
      ]
    }
  }
}

function orNone(value: string | null): string {
  return value === null ? 'none' : value
}

function merge(found: readonly Found[]): Found {
  return {
    changes: found.flatMap(({changes}) => changes),
    notCompared: found.flatMap(({notCompared}) => notCompared),
  }
}

/** `3 changes`; what could not be compared is said beside it. */
export function countWords({changes, notCompared}: AccountDiff): string {
  const also = notCompared.length === 0 ? '' : `, ${plural(notCompared.length, 'read')} could not be compared`
  return `${changes.length === 0 ? 'no change' : plural(changes.length, 'change')}${also}`
}
