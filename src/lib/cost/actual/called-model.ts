import {read} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import type {Catalog} from '../../catalog/catalog.js'
import {findCallTarget} from '../../iam/account/call-targets.js'
import type {CallTarget, SystemTarget} from '../../iam/legs/target.js'
import type {Route} from '../../prices/price-book.js'
import type {TokenSeries} from './ports.js'

/** What an id of a call stands for, and how that is billed. */
export interface CalledModel {
  /** Base model that tokens are billed as; null where they are not, or it is not known. */
  readonly modelId: string | null
  readonly route: Route | null
  readonly profileId: string | undefined
  readonly kind: 'system' | 'application-profile' | 'custom-deployment' | 'provisioned' | 'imported' | 'unknown'
  /** The name its owner gave it. */
  readonly name: string | null
  /** Of what can carry tags of one's own; null for ids of AWS, undefined where they were not read. */
  readonly tags: Readonly<Record<string, string>> | null | undefined
}

const UNKNOWN: CalledModel = {
  modelId: null,
  route: null,
  profileId: undefined,
  kind: 'unknown',
  name: null,
  tags: undefined,
}

/** What ids of calls stand for, each looked up once. */
export function calledModels(
  snapshot: AccountSnapshot,
  catalog: Catalog,
): (series: Pick<TokenSeries, 'endpoint' | 'modelId'>, region: string) => CalledModel {
  const known = new Map<string, CalledModel>()
  return ({endpoint, modelId}, region) => {
    const key = `${endpoint} ${region} ${modelId}`
    const bare = modelId.replace(/\+latency-optimized$/, '')
    const target =
      known.get(key) ??
      (endpoint === 'mantle' ? resolveMantle(modelId, catalog) : resolveCalled(bare, region, snapshot, catalog))
    known.set(key, target)
    return target
  }
}

export function resolveCalled(id: string, region: string, snapshot: AccountSnapshot, catalog: Catalog): CalledModel {
  const target = findCallTarget(snapshot, region, id)
  if (target === undefined || target.kind === 'model') return ofCatalog(id, catalog) ?? withModel(target, catalog)
  if (target.kind === 'application-profile') {
    const name = listed(snapshot, 'bedrock:inference-profiles', region, id)?.name ?? null
    return {...withModel(target.copies ?? undefined, catalog), kind: 'application-profile', name, tags: target.tags}
  }
  if (target.kind === 'own-model') return ownModel(target.type, id, region, snapshot, catalog)
  return {...withModel(target, catalog), tags: null}
}

/** A model of bedrock-mantle, which is called by its own id. */
export function resolveMantle(id: string, catalog: Catalog): CalledModel {
  const model = catalog.model(id)
  if (!model) return {...UNKNOWN, route: 'mantle', tags: null}
  return {...UNKNOWN, modelId: model.aliasOf ?? model.id, route: 'mantle', kind: 'system', tags: null}
}

/** Where the account's own lists could not be read, ids of AWS are still known. */
function ofCatalog(id: string, catalog: Catalog): CalledModel | undefined {
  const bare = id.replace(/^arn:.*:(foundation-model|inference-profile)\//, '')
  const profile = catalog.profile(bare)
  const model = profile?.model ?? catalog.model(bare)
  if (!model) return undefined
  const route = profile?.profile.kind ?? 'in-region'
  const profileId = profile?.profile.id
  return {...UNKNOWN, modelId: model.aliasOf ?? model.id, route, profileId, kind: 'system', tags: null}
}

function withModel(target: SystemTarget | undefined, catalog: Catalog): CalledModel {
  if (!target) return UNKNOWN
  const modelId = catalog.model(target.modelId)?.aliasOf ?? target.modelId
  if (target.kind === 'model') return {...UNKNOWN, modelId, route: 'in-region', kind: 'system', tags: null}
  const route = target.kind === 'global-profile' ? 'global' : 'geo'
  return {...UNKNOWN, modelId, route, profileId: target.profileId, kind: 'system', tags: null}
}

type OwnType = Extract<CallTarget, {kind: 'own-model'}>['type']

function ownModel(type: OwnType, id: string, region: string, snapshot: AccountSnapshot, catalog: Catalog): CalledModel {
  if (type === 'provisioned-model') {
    const name = listed(snapshot, 'bedrock:provisioned-throughputs', region, id)?.name ?? null
    return {...UNKNOWN, kind: 'provisioned', name}
  }
  if (type === 'imported-model') {
    const found = listed(snapshot, 'bedrock:imported-models', region, id)
    return {...UNKNOWN, kind: 'imported', name: found?.name ?? null, tags: tagsOf(found?.tags)}
  }
  const deployment = listed(snapshot, 'bedrock:custom-model-deployments', region, id)
  const custom = deployment && listed(snapshot, 'bedrock:custom-models', region, deployment.modelArn)
  const base = custom && ofCatalog(custom.baseModelArn, catalog)
  return {...(base ?? UNKNOWN), kind: 'custom-deployment', name: deployment?.name ?? null, tags: undefined}
}

type Lists =
  | 'bedrock:inference-profiles'
  | 'bedrock:provisioned-throughputs'
  | 'bedrock:imported-models'
  | 'bedrock:custom-model-deployments'
  | 'bedrock:custom-models'

function listed<Id extends Lists>(snapshot: AccountSnapshot, id: Id, region: string, called: string) {
  const reading = read(snapshot, id, region)
  if (reading.state !== 'read') return undefined
  const isCalled = ({arn}: {readonly arn: string}) => arn === called || arn.endsWith(`/${called}`)
  return (reading.value as readonly Extract<(typeof reading.value)[number], {arn: string}>[]).find(isCalled)
}

type TagPart =
  | {readonly status: 'read'; readonly value: readonly {readonly key: string; readonly value: string}[]}
  | {readonly status: Exclude<string, 'read'>}

function tagsOf(part: TagPart | undefined): Readonly<Record<string, string>> | undefined {
  if (part === undefined || !('value' in part)) return undefined
  return Object.fromEntries(part.value.map(({key, value}) => [key, value]))
}
