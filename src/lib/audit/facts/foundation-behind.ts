import {read} from '../../account/read.js'
import type {ReadId, ReadItem} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {isNowhere, missingOf} from '../judge-resource.js'

/** How a call reaches its model. */
export type CallRoute = 'in-region' | 'geo' | 'global'

/** The foundation models behind an id as it is called. */
export interface FoundationBehind {
  /** Null: of a kind that stands for no foundation model of the service, such as an imported model. */
  readonly route: CallRoute | 'own' | null
  /** Each with the Regions that may process; none of them for a Global profile, where AWS chooses. */
  readonly models: readonly {readonly id: string; readonly regions: readonly string[]}[]
  /** Why it cannot be told; empty when it can. */
  readonly gaps: readonly Missing[]
}

/**
 * Follows an id or ARN through what the snapshot holds of profiles, provisioned capacity, deployments, custom models and
 * routers, and the catalog for system profiles of which the Region was not read.
 */
export function foundationBehind(context: AuditContext, region: string, called: string): FoundationBehind {
  const {catalog} = context
  const listed = itemsOf(context, 'bedrock:foundation-models', region)
  const model = listed.items.find(({id, arn}) => id === called || arn === called)
  if (model !== undefined) return ofModel(model.id, [region], 'in-region')
  const arn = parseArn(called)
  const [type = '', ...rest] = arn?.resource.split('/') ?? []
  if (type === 'foundation-model') return ofModel(rest.join('/'), [arn?.region || region], 'in-region')
  const profiles = itemsOf(context, 'bedrock:inference-profiles', region)
  const profile = profiles.items.find((one) => one.id === called || one.arn === called)
  if (profile !== undefined) return ofArns(profile.modelArns, region)
  const own = ownModel(context, region, called, type)
  if (own !== undefined) return own
  const id = arn === undefined ? called : rest.join('/')
  const system = catalog.profile(id)
  if (system !== undefined) {
    const regions = system.profile.routes[region] ?? []
    return ofModel(
      system.model.aliasOf ?? system.model.id,
      regions,
      system.profile.kind === 'global' ? 'global' : 'geo',
    )
  }
  const known = catalog.model(id)
  if (known !== undefined) return ofModel(known.aliasOf ?? known.id, [region], 'in-region')
  const missing = [...listed.missing, ...profiles.missing]
  const reason = `nothing in the snapshot or the catalog says what ${called} stands for`
  const gaps = missing.length > 0 ? missing : [{action: 'bedrock:GetInferenceProfile', code: 'UNMAPPED', reason}]
  return {route: null, models: [], gaps}
}

function ofModel(id: string, regions: readonly string[], route: CallRoute): FoundationBehind {
  return {route, models: [{id, regions}], gaps: []}
}

/** A Global profile names its model once without a Region. */
function ofArns(arns: readonly string[], region: string): FoundationBehind {
  const models = new Map<string, string[]>()
  let isGlobal = false
  for (const text of arns) {
    const arn = parseArn(text)
    const id = arn?.resource.replace(/^foundation-model\//, '')
    if (arn === undefined || id === undefined) continue
    isGlobal ||= arn.region === ''
    const regions = models.get(id) ?? []
    if (arn.region !== '' && !regions.includes(arn.region)) regions.push(arn.region)
    models.set(id, regions)
  }
  const all = [...models].map(([id, regions]) => ({id, regions}))
  const stays = all.every(({regions}) => regions.length === 1 && regions[0] === region)
  return {route: isGlobal ? 'global' : stays ? 'in-region' : 'geo', models: all, gaps: []}
}

const OWN_KINDS: Readonly<Record<string, ListId>> = {
  'provisioned-model': 'bedrock:provisioned-throughputs',
  'custom-model-deployment': 'bedrock:custom-model-deployments',
  'custom-model': 'bedrock:custom-models',
  'imported-model': 'bedrock:imported-models',
  'prompt-router': 'bedrock:prompt-routers',
  'default-prompt-router': 'bedrock:prompt-routers',
}

function ownModel(context: AuditContext, region: string, called: string, type: string): FoundationBehind | undefined {
  const is = ({arn, name}: {readonly arn: string; readonly name: string}) => arn === called || name === called
  const provisioned = itemsOf(context, 'bedrock:provisioned-throughputs', region).items.find(is)
  if (provisioned) return baseOf(provisioned.foundationModelArn, region)
  const deployment = itemsOf(context, 'bedrock:custom-model-deployments', region).items.find(is)
  const target = deployment?.modelArn ?? called
  const custom = itemsOf(context, 'bedrock:custom-models', region).items.find(
    ({arn, name}) => arn === target || name === target,
  )
  if (custom) return baseOf(custom.baseModelArn, region)
  if (itemsOf(context, 'bedrock:imported-models', region).items.some(is)) return {route: 'own', models: [], gaps: []}
  const router = itemsOf(context, 'bedrock:prompt-routers', region).items.find(is)
  if (router) return behindRouter(context, router, region)
  const id = OWN_KINDS[type]
  if (type === 'imported-model') return {route: 'own', models: [], gaps: []}
  if (id === undefined) return undefined
  const {missing} = itemsOf(context, id, region)
  const reason = `the snapshot does not hold ${called}`
  return {route: 'own', models: [], gaps: missing.length > 0 ? missing : [{action: id, code: 'UNMAPPED', reason}]}
}

function baseOf(arn: string, region: string): FoundationBehind {
  const parsed = parseArn(arn)
  const id = parsed?.resource.replace(/^foundation-model\//, '') ?? arn
  return {route: 'own', models: id === '' ? [] : [{id, regions: [parsed?.region || region]}], gaps: []}
}

function behindRouter(
  context: AuditContext,
  {modelArns, fallbackModelArn}: ReadItem<'bedrock:prompt-routers'>,
  region: string,
): FoundationBehind {
  const arns = [...modelArns, ...(fallbackModelArn === null ? [] : [fallbackModelArn])]
  const found = arns
    .filter((arn) => !arn.includes('prompt-router/'))
    .map((arn) => foundationBehind(context, region, arn))
  return {
    route: 'own',
    models: found.flatMap(({models}) => models),
    gaps: found.flatMap(({gaps}) => gaps),
  }
}

type ListId = {[Id in ReadId]: ReadItem<Id> extends never ? never : Id}[ReadId]

function itemsOf<Id extends ListId>(
  {snapshot}: AuditContext,
  id: Id,
  region: string,
): {readonly items: readonly ReadItem<Id>[]; readonly missing: readonly Missing[]} {
  const reading = read(snapshot, id, region)
  if (reading.state === 'unread') return {items: [], missing: isNowhere(reading) ? [] : [missingOf(reading)]}
  return {items: reading.value as readonly unknown[] as readonly ReadItem<Id>[], missing: []}
}
