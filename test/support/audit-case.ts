import {readdirSync, readFileSync} from 'node:fs'
import {READS} from '../../src/lib/account/reads.js'
import {type AccountSnapshot, type ReadId, readValueSchemas} from '../../src/lib/account/snapshot.schema.js'
import {type AuditContext, createAuditContext} from '../../src/lib/audit/audit-context.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import {projectSchema} from '../../src/lib/config/project.schema.js'
import {readIamFacts} from '../../src/lib/iam/read-iam-facts.js'
import {fillValue, unreadOf} from './fill-value.js'

/**
 * An account in few words, and what a check says of it. `reads` holds what a case is about: read id → Region → value,
 * or for reads without a Region the value itself; what is not given is empty (and read). `fillValue` says how values are
 * completed.
 */
export interface AuditCase {
  readonly name: string
  readonly regions?: readonly string[]
  readonly project?: Readonly<Record<string, unknown>>
  readonly reads?: Readonly<Record<string, unknown>>
  /** All that the check says, but for PASS and INFO where `expected` names none. */
  readonly expected: readonly ExpectedFinding[]
}

export interface ExpectedFinding {
  readonly verdict: string
  /** Id of the resource, or the end of it. */
  readonly resource?: string
  readonly region?: string
  readonly aspect?: string
  readonly severity?: string
  /** Part of the message. */
  readonly message?: string
  /** An action that is missing. */
  readonly missing?: string
}

export const CASE_ACCOUNT = '111122223333'
export const CASE_TIME = '2026-11-21T09:00:00.000Z'
const CASES = 'test/cases/audit'
const FACTS = readIamFacts()
const CATALOG = await openCatalog({now: new Date(CASE_TIME)})

/** Check id → its cases. */
export function readAuditCases(): ReadonlyMap<string, readonly AuditCase[]> {
  const files = readdirSync(CASES).filter((file) => file.endsWith('.json'))
  return new Map(
    files.map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(`${CASES}/${file}`, 'utf8'))]),
  )
}

export function contextOf({
  regions = ['eu-central-1'],
  project = {},
  reads = {},
}: Omit<AuditCase, 'name' | 'expected'>): AuditContext {
  return createAuditContext({
    snapshot: snapshotOf(regions, reads),
    project: projectSchema.parse({version: 1, ...project}),
    catalog: CATALOG,
    iam: FACTS,
  })
}

function snapshotOf(regions: readonly string[], reads: Readonly<Record<string, unknown>>): AccountSnapshot {
  const strange = Object.keys(reads).filter((id) => !(id in readValueSchemas))
  if (strange.length > 0) throw new Error(`no such read: ${strange.join(', ')}`)
  return {
    schemaVersion: 1,
    simulated: false,
    unread: [],
    kind: 'bedrockctl-account-snapshot',
    tool: {name: 'bedrockctl', version: '0.0.0'},
    takenAt: CASE_TIME,
    complete: true,
    partition: 'aws',
    caller: {account: CASE_ACCOUNT, arn: `arn:aws:iam::${CASE_ACCOUNT}:role/auditor`, userId: 'AROA'},
    regions: regions.map((name) => ({name, optIn: 'enabled-by-default'})),
    selection: [],
    reads: Object.fromEntries(
      (Object.keys(readValueSchemas) as ReadId[]).map((id) => [id, entriesOf(id, regions, reads[id])]),
    ),
  }
}

function entriesOf(id: ReadId, regions: readonly string[], written: unknown): readonly unknown[] {
  if (READS[id].scope !== 'regional') return [entryOf(id, 'global', written)]
  const everywhere = unreadOf(written) !== undefined
  const byRegion = (everywhere ? {} : (written ?? {})) as Readonly<Record<string, unknown>>
  const strange = Object.keys(byRegion).filter((region) => !regions.includes(region))
  if (strange.length > 0) throw new Error(`${id}: ${strange.join(', ')} is no Region of the case`)
  return regions.map((region) => entryOf(id, region, everywhere ? written : byRegion[region]))
}

function entryOf(id: ReadId, region: string, written: unknown): object {
  const place = {region, at: CASE_TIME}
  const [action = ''] = READS[id].actions
  const unread = unreadOf(written)
  if (unread !== undefined) return {...place, ...unread, ...('action' in (written as object) ? {} : {action})}
  const schema = readValueSchemas[id]
  const value = schema.parse(fillValue(schema, written))
  return {...place, status: 'read', action, count: Array.isArray(value) ? value.length : 1, gaps: [], value}
}
