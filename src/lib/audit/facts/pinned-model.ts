import {read, regionsOf} from '../../account/read.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {lifecycleAt} from '../../catalog/lifecycle-at.js'
import {parseArn} from '../../core/arn.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {isNowhere, missingOf} from '../judge-resource.js'

/** A model or system profile that a policy names by its full id. */
export interface ModelPin {
  readonly source: string
  readonly type: 'foundation-model' | 'inference-profile'
  readonly id: string
  /** As written: a Region, a pattern, or nothing. */
  readonly region: string
}

const PIN = /^arn:[^:]*:bedrock:([^:]*):[^:]*:(foundation-model|inference-profile)\/([^*?$]+)$/

/** Undefined for a pattern, and for what names no model of AWS. */
export function modelPin(source: string): ModelPin | undefined {
  const [, region = '', type, id] = PIN.exec(source) ?? []
  if (id === undefined || (type !== 'foundation-model' && type !== 'inference-profile')) return undefined
  return {source, type, id, region}
}

export interface PinState {
  readonly state: 'fine' | 'legacy' | 'gone' | 'never' | 'unknown'
  readonly text: string
  /** Of `unknown`. */
  readonly missing: readonly Missing[]
}

interface Offered {
  /** Model id → Region → whether it is legacy there. */
  readonly models: ReadonlyMap<string, ReadonlyMap<string, boolean>>
  /** Profile id → ids of the models behind. */
  readonly profiles: ReadonlyMap<string, readonly string[]>
  /** Regions whose models, or profiles, were read. */
  readonly listed: {readonly 'foundation-model': ReadonlySet<string>; readonly 'inference-profile': ReadonlySet<string>}
  readonly missing: readonly Missing[]
  /** Ids with a fixed context or for provisioned throughput → their model. */
  readonly variants: ReadonlyMap<string, CatalogModel>
}

const KNOWN = new WeakMap<AuditContext, Offered>()

function offered(context: AuditContext): Offered {
  const known = KNOWN.get(context)
  if (known !== undefined) return known
  const {catalog} = context
  const models = listsOf(context, 'bedrock:foundation-models')
  const profiles = listsOf(context, 'bedrock:inference-profiles')
  const states = new Map<string, Map<string, boolean>>()
  for (const {region, items} of models.lists) {
    for (const {id, status} of items) {
      const inRegions = states.get(id) ?? new Map<string, boolean>()
      states.set(id, inRegions.set(region, status.toUpperCase() === 'LEGACY'))
    }
  }
  const behind = profiles.lists.flatMap(({items}) =>
    items.map(({id, modelArns}) => [id, modelArns.map(modelOf)] as const),
  )
  const variants = catalog.models.flatMap((model) =>
    [...model.contextVariants, ...model.provisioned.map(({id}) => id)].map((id) => [id, model] as const),
  )
  const found: Offered = {
    models: states,
    profiles: new Map(behind),
    listed: {'foundation-model': models.regions, 'inference-profile': profiles.regions},
    missing: models.missing,
    variants: new Map(variants),
  }
  KNOWN.set(context, found)
  return found
}

function modelOf(arn: string): string {
  return parseArn(arn)?.resource.replace(/^foundation-model\//, '') ?? arn
}

/** What each Region lists; an empty list is none that AWS would give. */
function listsOf<Id extends 'bedrock:foundation-models' | 'bedrock:inference-profiles'>(
  {snapshot}: AuditContext,
  id: Id,
) {
  const lists: {readonly region: string; readonly items: readonly ReadItem<Id>[]}[] = []
  const missing: Missing[] = []
  for (const region of regionsOf(snapshot, id)) {
    const reading = read(snapshot, id, region)
    if (reading.state === 'read') lists.push({region, items: reading.value as unknown as readonly ReadItem<Id>[]})
    else if (!isNowhere(reading)) missing.push(missingOf(reading))
  }
  const regions = new Set(lists.flatMap(({region, items}) => (items.length > 0 ? [region] : [])))
  return {lists, regions, missing}
}

/** How what is named stands: by the lists of the snapshot's Regions, else by the catalog, which knows every Region. */
export function pinState(context: AuditContext, pin: ModelPin): PinState {
  const {profiles} = offered(context)
  if (pin.type === 'foundation-model') return modelState(context, pin.id, pin)
  const behind = profiles.get(pin.id)
  const [modelId = context.catalog.profile(pin.id)?.model.id] = behind ?? []
  if (modelId !== undefined) return modelState(context, modelId, pin)
  return unlisted(context, pin)
}

function modelState(context: AuditContext, id: string, pin: ModelPin): PinState {
  const {models, variants} = offered(context)
  const regions = models.get(id)
  if (regions !== undefined) {
    const here = regions.get(pin.region)
    const isLegacy = here ?? [...regions.values()].every((legacy) => legacy)
    return isLegacy ? {state: 'legacy', text: `${id}, which is LEGACY`, missing: []} : FINE
  }
  const model = context.catalog.model(id) ?? variants.get(id)
  if (model === undefined) return unlisted(context, pin)
  const end = model.lifecycle.endOfLife
  switch (lifecycleAt(model.lifecycle, context.now)) {
    case 'EOL':
      return {state: 'gone', text: `${id}, which is gone${end ? ` since ${end}` : ''}`, missing: []}
    case 'LEGACY':
    case 'EXTENDED_ACCESS':
      return {state: 'legacy', text: `${id}, which is LEGACY`, missing: []}
    case 'UNKNOWN':
      return open(`whether ${id} is still offered`, offered(context).missing)
    case 'ACTIVE':
    case 'PREVIEW':
      return FINE
  }
}

const FINE: PinState = {state: 'fine', text: '', missing: []}

/** Neither listed nor in the catalog: only a Region that was not read could still have it. */
function unlisted(context: AuditContext, {id, type, region}: ModelPin): PinState {
  const {listed, missing} = offered(context)
  const isNamed = /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region)
  const isRead = isNamed ? listed[type].has(region) : listed[type].size > 0
  if (!isRead) return open(`whether ${region || 'any Region'} has ${id}`, missing)
  return {
    state: 'never',
    text: `${id}, which never existed as far as the lists and the catalog of ${context.catalog.compiledOn} go`,
    missing: [],
  }
}

function open(text: string, missing: readonly Missing[]): PinState {
  const reason = `${text} is in no list of the snapshot, and not in the catalog`
  const gaps = missing.length > 0 ? missing : [{action: 'bedrock:ListFoundationModels', code: 'NOT_LISTED', reason}]
  return {state: 'unknown', text, missing: gaps}
}
