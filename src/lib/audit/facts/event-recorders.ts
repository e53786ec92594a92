import {type Reading, read, readPart, regionsOf} from '../../account/read.js'
import {READS} from '../../account/reads.js'
import type {PartValue, ReadId, ReadItem} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {isNowhere, missingOf} from '../judge-resource.js'
import {type RecordedEvent, selectedByAdvanced, selectedByBasic} from './event-selectors.js'

type Trail = ReadItem<'cloudtrail:trails'>
type Store = ReadItem<'cloudtrail:event-data-stores'>
type Unread = Extract<Reading<unknown>, {state: 'unread'}>

/** A trail or event data store, whichever Region's list it was read from. */
export interface EventRecorder {
  readonly name: string
  readonly kind: 'trail' | 'event data store'
  readonly multiRegion: boolean
  readonly homeRegion: string
  /** Why it records nothing at present; null: it records; undefined: not known. */
  readonly idle: string | null | undefined
  /** Undefined: what it selects is not known. */
  readonly selects: ((event: RecordedEvent) => boolean) | undefined
  /** What would have to be read to know it all. */
  readonly missing: readonly Missing[]
}

export interface EventRecorders {
  readonly all: readonly EventRecorder[]
  /** Lists that may hold recorders of all Regions which are not in `all`. */
  readonly missing: readonly Missing[]
  /** The same, and lists that may hold recorders of one Region. */
  missingIn(region: string): readonly Missing[]
}

const known = new WeakMap<AuditContext, EventRecorders>()

/** All that records events of the account, each once. */
export function eventRecorders(context: AuditContext): EventRecorders {
  const found = known.get(context) ?? readRecorders(context)
  known.set(context, found)
  return found
}

/** Whether it covers a Region: by being there or by being in all. */
export function reaches({multiRegion, homeRegion}: EventRecorder, region: string): boolean {
  return multiRegion || homeRegion === region
}

function readRecorders({snapshot}: AuditContext): EventRecorders {
  const trails = readLists(snapshot, 'cloudtrail:trails')
  const stores = readLists(snapshot, 'cloudtrail:event-data-stores')
  const byArn = new Map<string, Trail>()
  for (const trail of trails.items) byArn.set(trail.arn, merge(byArn.get(trail.arn), trail))
  const storesByArn = new Map(stores.items.map((store) => [store.arn, store]))
  // Every Region lists the trails of all Regions: one list suffices to know them.
  const missing = [...(trails.isRead ? [] : trails.missing), ...stores.missing].map((one) => one.missing)
  return {
    all: [...[...byArn.values()].map(ofTrail), ...[...storesByArn.values()].map(ofStore)],
    missing,
    missingIn(region) {
      const own = trails.isRead ? trails.missing.filter((one) => one.region === region) : []
      return [...missing, ...own.map((one) => one.missing)]
    },
  }
}

function readLists<Id extends 'cloudtrail:trails' | 'cloudtrail:event-data-stores'>(
  snapshot: AuditContext['snapshot'],
  id: Id,
) {
  const readings = regionsOf(snapshot, id).map((region) => ({region, reading: read(snapshot, id, region)}))
  const items = readings.flatMap(({reading}): readonly ReadItem<Id>[] =>
    reading.state === 'read' ? (reading.value as readonly ReadItem<Id>[]) : [],
  )
  const missing = readings.flatMap(({region, reading}) =>
    reading.state === 'unread' && !isNowhere(reading) ? [{region, missing: missingOf(reading)}] : [],
  )
  const none = {region: 'global', missing: missingOf(notCollected(id))}
  return {
    items,
    isRead: readings.some(({reading}) => reading.state === 'read'),
    missing: readings.length === 0 ? [none] : missing,
  }
}

function notCollected(id: ReadId): Unread {
  const [action = id] = READS[id].actions
  const reason = `the snapshot does not hold ${id}`
  return {state: 'unread', status: 'skipped', action, code: 'NOT_COLLECTED', reason}
}

/** A trail of all Regions is listed in each of them; what one list could not give another may. */
function merge(one: Trail | undefined, other: Trail): Trail {
  if (one === undefined) return other
  return {
    ...other,
    status: one.status.status === 'read' ? one.status : other.status,
    selectors: one.selectors.status === 'read' ? one.selectors : other.selectors,
  }
}

function ofTrail(trail: Trail): EventRecorder {
  const status = readPart(trail.status)
  const selectors = readPart(trail.selectors)
  return {
    name: trail.name,
    kind: 'trail',
    multiRegion: trail.multiRegion,
    homeRegion: trail.homeRegion,
    idle: status.state === 'unread' ? undefined : idleTrail(status.value),
    selects: selectors.state === 'unread' ? undefined : selectionOf(selectors.value),
    missing: [status, selectors].flatMap((part) => (part.state === 'unread' ? [missingOf(part)] : [])),
  }
}

function idleTrail({logging, deliveryError}: PartValue<Trail['status']>): string | null {
  if (!logging) return 'its logging is stopped'
  return deliveryError === null ? null : `its delivery fails (${deliveryError})`
}

/** Without any selectors a trail records all management events and no data events. */
function selectionOf({basic, advanced}: PartValue<Trail['selectors']>): (event: RecordedEvent) => boolean {
  if (advanced.length > 0) return (event) => advanced.some((selector) => selectedByAdvanced(selector, event))
  if (basic.length > 0) return (event) => basic.some((selector) => selectedByBasic(selector, event))
  return ({category}) => category === 'Management'
}

function ofStore({arn, name, detail}: Store): EventRecorder {
  const reading = readPart(detail)
  const homeRegion = parseArn(arn)?.region ?? ''
  const same = {name, kind: 'event data store', homeRegion} as const
  if (reading.state === 'unread') {
    return {...same, multiRegion: true, idle: undefined, selects: undefined, missing: [missingOf(reading)]}
  }
  const {status, multiRegion, selectors} = reading.value
  return {
    ...same,
    multiRegion,
    idle: status.toUpperCase() === 'ENABLED' ? null : `its status is ${status}`,
    selects:
      selectors.length === 0
        ? ({category}) => category === 'Management'
        : (event) => selectors.some((selector) => selectedByAdvanced(selector, event)),
    missing: [],
  }
}
