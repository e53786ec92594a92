import type {Catalog} from '../catalog/catalog.js'
import {usageError} from '../core/errors.js'
import {parseQuantity} from '../core/quantity.js'
import type {CompareInput} from '../cost/compare/compare-choices.js'
import type {Grid} from '../cost/compare/expand-choices.js'
import type {OwnPrice} from '../cost/own-prices/own-prices.schema.js'
import type {NamedModel} from '../cost/workload/resolve-call.js'
import {capacityOfFlags} from './capacity-of-flags.js'
import {chooseWorkload} from './choose-workload.js'
import type {CompareFlags} from './compare-flags.js'
import {openWorkloads} from './open-workloads.js'
import {readWorkloadFlags} from './workload-of-flags.js'

export interface CompareReading {
  readonly catalog: Catalog
  /** As asked for: names, or `all`. */
  readonly regions: readonly string[]
  /** Region of the profile or the environment. */
  readonly configured: string | undefined
}

type Asked = Omit<CompareInput, 'prices' | 'simulated'> & {readonly ownPrices: readonly OwnPrice[]}
type Inference = Grid['workload']

interface ReadWorkload {
  readonly workload: Inference | undefined
  readonly region?: string | undefined
  readonly ownPrices?: readonly OwnPrice[]
}

/** What the flags, or a file and the flags beside it, ask to compare; throws one usage error with all that is wrong. */
export async function readComparison(
  file: string | undefined,
  flags: CompareFlags,
  reading: CompareReading,
): Promise<Asked> {
  const {catalog} = reading
  const problems: string[] = []
  const capacity = capacityOfFlags(flags, problems)
  const top = readTop(flags.top, problems)
  const {ownPrices = [], region, workload} = await readWorkload(file, flags, reading, problems)
  const names = flags.model ?? (workload ? [workload.model] : [])
  const models = await nameModels(names, catalog, problems)
  const regions = await chooseRegions(workload?.region ?? region, reading, problems)
  if (workload?.requests.eq(0)) problems.push('no requests: there is nothing to compare')
  if (problems.length > 0 || !workload) throw refusal(problems)
  return {
    grid: {
      workload,
      models,
      everyModel: names.includes('all'),
      regions,
      routes: flags.route ?? [],
      tiers: flags.tier ?? [],
    },
    capacity,
    against: flags.against,
    own: file === undefined ? undefined : {...workload, region: workload.region ?? region},
    top,
    all: flags.all,
    ownPrices,
  }
}

function refusal(problems: readonly string[]): Error {
  return usageError('COMPARISON_INCOMPLETE', 'This cannot be compared as it stands.', {
    why: problems.join('\n'),
    hint: 'Say it as --model MODEL,MODEL --requests 200k/month --input-tokens 3000 --output-tokens 500, or give a workload file.',
  })
}

function readTop(text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined) return undefined
  const count = parseQuantity(text)?.toNumber()
  if (count === undefined || count < 1 || !Number.isInteger(count)) problems.push(`--top ${text}: not such as 10`)
  return count
}

async function readWorkload(
  file: string | undefined,
  flags: CompareFlags,
  {catalog, configured, regions}: CompareReading,
  problems: string[],
): Promise<ReadWorkload> {
  const [first = configured] = regions.filter((name) => name !== 'all')
  const one = {...flags, model: undefined, route: undefined, tier: undefined}
  if (file === undefined) {
    if (flags.workload !== undefined) problems.push(`--workload ${flags.workload} names one of a file; none is given`)
    const read = readWorkloadFlags({...one, model: flags.model?.[0]}, first)
    problems.push(...read.problems)
    return {workload: read.workload}
  }
  const {ownPrices, region, workloads} = await openWorkloads(file, one, undefined, {catalog, region: first})
  const workload = chooseWorkload(workloads, flags.workload)
  if (typeof workload !== 'string') return {workload, region, ownPrices}
  problems.push(workload)
  return {workload: undefined, region, ownPrices}
}

async function nameModels(
  names: readonly string[],
  catalog: Catalog,
  problems: string[],
): Promise<readonly NamedModel[]> {
  const {nameModel} = await import('../cost/workload/resolve-call.js')
  const models = new Map<string, NamedModel>()
  const keep = (named: NamedModel) => models.set(named.profile?.id ?? named.model.id, named)
  for (const name of names) {
    if (name === 'all') {
      for (const model of catalog.models.filter(isTextModel)) keep({model, profile: undefined})
      continue
    }
    const named = nameModel(name, catalog)
    if (typeof named === 'string') problems.push(named)
    else keep(named)
  }
  return [...models.values()]
}

function isTextModel({aliasOf, lifecycle, outputModalities}: NamedModel['model']): boolean {
  const dead = lifecycle.status === 'EOL' || lifecycle.status === 'UNLISTED'
  return aliasOf === null && !dead && (outputModalities?.includes('TEXT') ?? false)
}

/** Those asked for; else the one of the workload or its file, or the configured one. */
async function chooseRegions(
  own: string | undefined,
  {catalog, configured, regions}: CompareReading,
  problems: string[],
): Promise<readonly string[]> {
  const [{selectRegions}, {didYouMean}] = await Promise.all([
    import('../routing/select-regions.js'),
    import('../core/closest.js'),
  ])
  const asked = regions.length === 0 && own !== undefined ? [own] : regions
  const known = catalog.regions.map(({name}) => name)
  const strange = asked.filter((name) => name !== 'all' && !known.includes(name))
  problems.push(...strange.map((name) => `${name} is no Region of Bedrock. ${didYouMean(name, known) ?? ''}`.trim()))
  if (asked.length === 0 && configured === undefined) problems.push('no Region is named: add --region, or --region all')
  if (problems.length > 0) return []
  return [...new Set(selectRegions({asked, configured, otherwise: 'configured'}, catalog))]
}
