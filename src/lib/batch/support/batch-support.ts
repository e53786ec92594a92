import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogBatch, CatalogModel} from '../../catalog/catalog.schema.js'
import type {BatchTarget, BatchWay} from './batch-target.js'

/** Whether a job may name this model here, with the document that says so. */
export interface BatchSupport {
  readonly verdict: 'yes' | 'no' | 'unknown'
  /** One sentence. */
  readonly why: string
  /** What does work, the nearest first: from here, then In-Region elsewhere. Empty where it works or nothing does. */
  readonly instead: readonly BatchWay[]
  readonly source: string
  readonly asOf: string
}

export interface SupportFacts {
  readonly catalog: Pick<Catalog, 'model'>
  readonly batch: CatalogBatch
  /** Profiles that the Region itself listed; undefined: not read, then the catalog's routes say it. */
  readonly profileIds?: ReadonlySet<string> | undefined
}

type Verdict = Pick<BatchSupport, 'verdict' | 'why'> & Partial<Pick<BatchSupport, 'instead'>>

/** Whether a batch job in `region` may name `target`. A model that the facts do not list is unknown, never a no. */
export function batchSupport(target: BatchTarget, region: string, facts: SupportFacts): BatchSupport {
  const {asOf, sources} = facts.batch
  return {instead: [], ...judge(target, region, facts), source: sources[0] ?? '', asOf}
}

function judge(target: BatchTarget, region: string, facts: SupportFacts): Verdict {
  switch (target.kind) {
    case 'provisioned-model':
      return no('Batch inference does not take provisioned throughput.')
    case 'imported-model':
      return no('Batch inference does not take imported models.')
    case 'custom-model-deployment':
      return unknown('Whether a job may name a deployment of a custom model is not documented; name the custom model.')
    case 'custom-model':
      return judgeCustomModel(target.baseModelId, region, facts)
    case 'application-profile':
      return target.modelId === null
        ? unknown('What the application inference profile was made from could not be read.')
        : judgeApplicationProfile(target.modelId, target.madeFrom, region, facts)
    case 'model':
      return judgeModel(target.modelId, region, facts)
    case 'profile':
      return judgeProfile(target.profileId, target.modelId, region, facts)
  }
}

function judgeModel(modelId: string, region: string, facts: SupportFacts): Verdict {
  const listed = listedModel(modelId, facts.batch)
  if (listed === undefined) return judgeUnlisted(modelId, facts)
  if (listed.inRegion.includes(region)) return {verdict: 'yes', why: `A job in ${region} may name the model itself.`}
  const instead = waysFrom(modelId, region, facts)
  const where = listed.inRegion.length === 0 ? 'nowhere' : `only in ${listed.inRegion.join(', ')}`
  return no(`A job may name ${modelId} itself ${where}.`, instead)
}

function judgeProfile(profileId: string, modelId: string, region: string, facts: SupportFacts): Verdict {
  const listed = listedModel(modelId, facts.batch)
  if (listed === undefined) return judgeUnlisted(modelId, facts)
  if (!isOffered(profileId, modelId, region, facts)) {
    return no(`${profileId} cannot be called from ${region}.`, waysFrom(modelId, region, facts))
  }
  if (listed.profileSources.includes(region)) {
    return {verdict: 'yes', why: `A job in ${region} may name inference profiles of ${modelId}.`}
  }
  const where =
    listed.profileSources.length === 0 ? 'nowhere' : `from other Regions only, such as ${few(listed.profileSources)}`
  return no(`A job may name profiles of ${modelId} ${where}.`, waysFrom(modelId, region, facts))
}

/** Such a profile counts as what it was made from. */
function judgeApplicationProfile(
  modelId: string,
  madeFrom: 'model' | 'profile' | null,
  region: string,
  facts: SupportFacts,
): Verdict {
  const listed = listedModel(modelId, facts.batch)
  if (listed === undefined) return judgeUnlisted(modelId, facts)
  const asModel = listed.inRegion.includes(region)
  const asProfile = listed.profileSources.includes(region)
  if (madeFrom === null && asModel !== asProfile) {
    return unknown('Whether it was made from the model or from a profile could not be read.')
  }
  if (madeFrom === 'model' ? asModel : asProfile) {
    return {verdict: 'yes', why: `A job in ${region} may name what the profile was made from.`}
  }
  return no(`A job in ${region} may not name what the profile was made from.`, waysFrom(modelId, region, facts))
}

function judgeCustomModel(baseModelId: string | null, region: string, facts: SupportFacts): Verdict {
  if (baseModelId === null) return unknown('The base model of the custom model could not be read.')
  const listed = listedModel(baseModelId, facts.batch)
  if (listed === undefined) return judgeUnlisted(baseModelId, facts)
  const {customModels} = listed
  if (customModels === null) {
    return unknown(`The documentation does not say whether custom models of ${baseModelId} do batch.`)
  }
  return customModels.includes(region)
    ? {verdict: 'yes', why: `A job in ${region} may name custom models of ${baseModelId}.`}
    : no(`Custom models of ${baseModelId} do batch in ${customModels.join(', ')} only.`)
}

function judgeUnlisted(modelId: string, {batch, catalog}: SupportFacts): Verdict {
  const model = catalog.model(modelId)
  if (model?.lifecycle.status === 'EOL') return no(`${model.name ?? modelId} has reached the end of its life.`)
  if (model?.batch === false) return no(`${model.name ?? modelId} does not do batch inference.`)
  const more = model?.batch === true ? ', though it does batch somewhere' : ': it may be newer than the list'
  return unknown(`${modelId} is not in the list of models and Regions of ${batch.asOf}${more}.`)
}

/** Ways to run the job after all: profiles and the model from here, then the Regions where the model itself does. */
function waysFrom(modelId: string, region: string, facts: SupportFacts): readonly BatchWay[] {
  return [...waysHere(modelId, region, facts), ...waysElsewhere(modelId, region, facts)]
}

/** What a job in this Region may name to reach the model, the one that leaves the Region least first. */
export function waysHere(modelId: string, region: string, facts: SupportFacts): readonly BatchWay[] {
  const listed = listedModel(modelId, facts.batch)
  if (listed === undefined) return []
  const itself = listed.inRegion.includes(region) ? [{id: modelId, route: 'in-region', region} as const] : []
  if (!listed.profileSources.includes(region)) return itself
  const profiles = profilesOf(facts.catalog.model(modelId))
    .filter(({id}) => isOffered(id, modelId, region, facts))
    .map(({id, kind}): BatchWay => ({id, route: kind, region}))
  return [...itself, ...profiles.toSorted((one, other) => RANK[one.route] - RANK[other.route])]
}

const RANK: Readonly<Record<BatchWay['route'], number>> = {'in-region': 0, geo: 1, global: 2}

function waysElsewhere(modelId: string, region: string, {batch}: SupportFacts): readonly BatchWay[] {
  const inRegion = listedModel(modelId, batch)?.inRegion ?? []
  return inRegion.filter((one) => one !== region).map((one) => ({id: modelId, route: 'in-region', region: one}))
}

function isOffered(profileId: string, modelId: string, region: string, facts: SupportFacts): boolean {
  if (facts.profileIds !== undefined) return facts.profileIds.has(profileId)
  const profile = profilesOf(facts.catalog.model(modelId)).find(({id}) => id === profileId)
  return profile !== undefined && region in profile.routes
}

function profilesOf(model: CatalogModel | undefined): CatalogModel['profiles'] {
  return model?.profiles ?? []
}

function listedModel(modelId: string, {models}: CatalogBatch): CatalogBatch['models'][number] | undefined {
  return models.find((one) => one.modelId === modelId)
}

function no(why: string, instead: readonly BatchWay[] = []): Verdict {
  return {verdict: 'no', why, instead}
}

function unknown(why: string): Verdict {
  return {verdict: 'unknown', why}
}

function few(regions: readonly string[]): string {
  return regions.slice(0, 3).join(', ')
}
