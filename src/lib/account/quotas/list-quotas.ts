import type {Catalog} from '../../catalog/catalog.js'
import type {Unread} from '../../core/answer.schema.js'
import {usageError} from '../../core/errors.js'
import {read} from '../read.js'
import type {AccountSnapshot} from '../snapshot.schema.js'
import {BURNDOWN, type QuotaKind} from './classify-quota.js'
import {quotaJoiner} from './join-quotas.js'
import type {AccountQuota, AccountQuotas} from './quotas.schema.js'

export interface QuotaFilter {
  /** Ids or names of models; empty: every quota. */
  readonly models: readonly string[]
  readonly kinds: readonly QuotaKind[]
  /** Only those that are not what AWS gives by default. */
  readonly changed: boolean
}

const APPLIED = 'service-quotas:bedrock'
const DEFAULTS = 'service-quotas:bedrock-defaults'

/** The quotas of Bedrock in a snapshot, Region by Region, with what they are for. */
export function listQuotas(snapshot: AccountSnapshot, filter: QuotaFilter, catalog: Catalog): AccountQuotas {
  const join = quotaJoiner(catalog)
  const wanted = filter.models.map((text) => matcher(text, catalog))
  const all = snapshot.regions.flatMap(({name}) =>
    join(name, listedIn(snapshot, APPLIED, name), listedIn(snapshot, DEFAULTS, name)),
  )
  assertKnown(filter.models, wanted, all)
  const quotas = all.filter(
    (quota) =>
      (wanted.length === 0 || wanted.some((matches) => matches(quota))) &&
      (filter.kinds.length === 0 || filter.kinds.includes(quota.kind)) &&
      (!filter.changed || (quota.default !== null && quota.default !== quota.value)),
  )
  return {
    schemaVersion: 1,
    simulated: snapshot.simulated,
    unread: unreadQuotas(snapshot),
    account: snapshot.caller.account,
    takenAt: snapshot.takenAt,
    burndown: BURNDOWN,
    quotas: quotas.toSorted((a, b) => compare(a.region, b.region) || compare(a.name, b.name)),
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function listedIn(snapshot: AccountSnapshot, id: typeof APPLIED | typeof DEFAULTS, region: string) {
  const found = read(snapshot, id, region)
  return found.state === 'read' ? found.value : null
}

function normalise(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '')
}

/** By id, profile id or ARN where the catalog knows it; else the text must stand in the name of the model. */
function matcher(text: string, catalog: Catalog): (quota: AccountQuota) => boolean {
  const bare = text.replace(/^arn:[^/]+\//, '')
  const model = catalog.model(bare) ?? catalog.profile(bare)?.model
  const id = model?.aliasOf ?? model?.id
  const wanted = normalise(text)
  return (quota) =>
    id === undefined ? quota.model !== null && normalise(quota.model).includes(wanted) : quota.modelId === id
}

function assertKnown(
  models: readonly string[],
  wanted: readonly ((quota: AccountQuota) => boolean)[],
  all: readonly AccountQuota[],
): void {
  const unmatched = models.filter((_, index) => !all.some((quota) => wanted[index]?.(quota)))
  if (unmatched.length === 0 || all.length === 0) return
  throw usageError('NO_QUOTA_OF_MODEL', `No quota names ${unmatched.join(', ')}.`, {
    hint: 'Give the id of a model, or a part of its name; not every model has quotas of its own in every Region.',
    actions: ['bedrockctl account quotas --kind tokens-per-minute'],
  })
}

/** What the snapshot lacks of quotas, a Region a line. */
function unreadQuotas(snapshot: AccountSnapshot): readonly Unread[] {
  return snapshot.regions.flatMap(({name, optIn}) =>
    ([APPLIED, DEFAULTS] as const).flatMap((id) => {
      const found = read(snapshot, id, name)
      if (found.state === 'read' || (found.status === 'not-enabled' && optIn === 'disabled')) return []
      return [{region: name, action: found.action, code: found.code, reason: found.reason}]
    }),
  )
}
