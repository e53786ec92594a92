import type {AccountSnapshot} from '../account/snapshot.schema.js'
import type {Catalog} from '../catalog/catalog.js'
import type {CatalogFeature, CatalogPrice} from '../catalog/catalog.schema.js'
import type {Project} from '../config/project.schema.js'
import {findCallTarget} from '../iam/account/call-targets.js'
import {ownerOf} from './gate-plans.js'
import type {ReadinessAnswer, ReadinessGate} from './readiness.schema.js'

/** What the gates of the plan itself look at. */
export interface PlanFacts {
  readonly snapshot: AccountSnapshot
  readonly project: Project
  readonly catalog: Catalog
  readonly features: readonly CatalogFeature[]
  readonly prices: readonly CatalogPrice[]
}

/** One thing that was looked at: fine, not said yet, impossible as planned, or not known. */
type Look =
  | {readonly kind: 'fine'; readonly text: string}
  | {readonly kind: 'open' | 'wrong'; readonly text: string; readonly what: string}
  | {readonly kind: 'unknown'; readonly text: string}

/** Whether each declared model can be called from each Region of its workload, and by which mode. */
export function judgeModels({snapshot, project}: PlanFacts): ReadinessGate {
  const looks = project.workloads.flatMap((workload) => {
    const regions = workload.regions.length > 0 ? workload.regions : project.regions
    return workload.models.flatMap((id) => regions.map((region) => lookAtModel(snapshot, workload.name, id, region)))
  })
  const question = 'Can every declared model be called from its Regions?'
  return gateOf({id: 'models', question, role: 'application', effort: 'weeks'}, looks, project, {
    nothing: 'unknown',
    text: 'workloads with their models, declared in bedrockctl.yaml',
  })
}

function lookAtModel(snapshot: AccountSnapshot, workload: string, id: string, region: string): Look {
  const held = snapshot.regions.some(({name}) => name === region)
  if (!held) return {kind: 'unknown', text: `${workload}: ${region} was not read`}
  const read = snapshot.reads['bedrock:foundation-models']?.find((entry) => entry.region === region)
  const profiles = snapshot.reads['bedrock:inference-profiles']?.find((entry) => entry.region === region)
  const target = findCallTarget(snapshot, region, id)
  const onlyByProfile =
    target?.kind === 'model' &&
    read?.status === 'read' &&
    !read.value.some((model) => model.id === target.modelId && model.inferenceTypes.includes('ON_DEMAND'))
  if (target !== undefined && !onlyByProfile)
    return {kind: 'fine', text: `${workload}: ${id} from ${region}, ${MODES[target.kind]}`}
  if (read?.status !== 'read' || profiles?.status !== 'read') {
    return {kind: 'unknown', text: `${workload}: models or profiles of ${region} were not read`}
  }
  const what = `Choose a route: bedrockctl models availability ${id} --from ${region}`
  return {kind: 'wrong', text: `${workload}: ${id} cannot be called from ${region}`, what}
}

const MODES = {
  model: 'In-Region',
  'geographic-profile': 'geographic profile',
  'global-profile': 'Global profile',
  'application-profile': 'application profile',
  'own-model': 'a model of the account',
} as const

/** Whether the features that are needed are offered in the Regions of the project. */
export function judgeFeatures({project, features}: PlanFacts): ReadinessGate {
  const looks = project.features.flatMap((id) =>
    project.regions.map((region): Look => {
      const feature = features.find((one) => one.id === id)
      if (feature === undefined) return {kind: 'unknown', text: `no feature is called ${id}: see features list`}
      if (feature.closedToNewCustomers !== null) {
        const text = `${feature.name} takes no new customers since ${feature.closedToNewCustomers}`
        return {kind: 'wrong', text, what: `Plan without ${feature.name}.`}
      }
      if (feature.offered.includes(region)) return {kind: 'fine', text: `${feature.name} in ${region}`}
      if (!feature.notOffered.includes(region)) {
        return {kind: 'unknown', text: `whether ${feature.name} is offered in ${region} (${feature.asOf})`}
      }
      return {kind: 'wrong', text: `${feature.name} is not offered in ${region}`, what: `Use it in another Region.`}
    }),
  )
  const question = 'Are guardrails, knowledge bases and agents offered in the same Regions?'
  return gateOf({id: 'features', question, role: 'application', effort: 'weeks'}, looks, project, {
    nothing: 'unknown',
    text: 'features and regions, declared in bedrockctl.yaml',
  })
}

const METHOD_FEATURES = {
  import: 'custom-model-import',
  'fine-tuning': 'fine-tuning',
  distillation: 'model-distillation',
  'continued-pre-training': 'continued-pre-training',
} as const

/** Whether a declared custom model can be made where it is planned, and what says its price. */
export function judgeCustomModels({project, features, prices, catalog}: PlanFacts): ReadinessGate {
  const looks = project.customModels.flatMap(({name, method, base, regions}) => {
    const feature = features.find(({id}) => id === METHOD_FEATURES[method])
    const places = regions.length > 0 ? regions : project.regions
    const model = base === undefined ? undefined : catalog.model(base)
    const offered = (region: string): Look => {
      const known = feature?.offered.includes(region) || model?.customizationRegions.includes(region)
      if (known) return {kind: 'fine', text: `${name}: ${method} in ${region}`}
      if (feature === undefined || !feature.notOffered.includes(region)) {
        return {kind: 'unknown', text: `${name}: whether ${method} is offered in ${region}`}
      }
      const what = `Make it in ${feature.offered.slice(0, 3).join(', ') || 'another Region'}.`
      return {kind: 'wrong', text: `${name}: ${method} is not offered in ${region}`, what}
    }
    return [...places.map(offered), priceOf(name, method, prices)]
  })
  const question = 'Can our own model go in, where we need it, and is it priced?'
  return gateOf({id: 'custom-models', question, role: 'application', effort: 'weeks'}, looks, project, {
    nothing: 'none',
    text: 'bedrockctl.yaml declares no custom model',
  })
}

/** Imports are billed by the Custom Model Unit; what training costs the catalog does not hold. */
function priceOf(
  name: string,
  method: Project['customModels'][number]['method'],
  prices: readonly CatalogPrice[],
): Look {
  const price = prices.find(({modelId, meter}) => modelId === IMPORTS && meter === 'custom-model-unit-minute')
  if (method !== 'import' || price === undefined) {
    return {kind: 'unknown', text: `${name}: the price of ${method}; the catalog does not hold it`}
  }
  return {
    kind: 'fine',
    text: `${name}: ${price.currency} ${price.amount.unit} per ${price.unit} and copy (${price.asOf})`,
  }
}

const IMPORTS = 'custom-model-import'

/** Whether it is said, for every class of data in use, where its prompts may be answered. */
export function judgeBoundary({project}: PlanFacts): ReadinessGate {
  const classes = [...new Set(project.workloads.map(({dataClass}) => dataClass))]
  const looks = classes.map((dataClass): Look => {
    if (dataClass === undefined) {
      const what = 'Give every workload a dataClass in bedrockctl.yaml.'
      return {kind: 'open', text: 'a workload has no data class', what}
    }
    const targets = project.placement[dataClass]
    if (targets === undefined) {
      const what = `Declare placement.${dataClass} in bedrockctl.yaml.`
      return {kind: 'open', text: `no placement is declared for ${dataClass}`, what}
    }
    if (targets.includes('bedrock')) return {kind: 'fine', text: `${dataClass}: ${targets.join(', ')}`}
    const what = `Move its workloads to ${targets.join(', ')}, or change the placement.`
    return {kind: 'wrong', text: `${dataClass} may not go to Bedrock, and a workload sends it there`, what}
  })
  const question = 'Is the boundary between Bedrock, SageMaker, EKS and on-premises defined?'
  return gateOf({id: 'boundary', question, role: 'data', effort: 'weeks'}, looks, project, {
    nothing: 'unknown',
    text: 'workloads and placement, declared in bedrockctl.yaml',
  })
}

interface GateHead {
  readonly id: string
  readonly question: string
  readonly role: ReadinessGate['role']
  readonly effort: 'hours' | 'days' | 'weeks'
}

function gateOf(
  {effort, ...head}: GateHead,
  looks: readonly Look[],
  project: Project,
  empty: {readonly nothing: 'unknown' | 'none'; readonly text: string},
): ReadinessGate {
  const wrong = looks.filter(({kind}) => kind === 'wrong')
  const open = looks.flatMap((look) => (look.kind === 'wrong' || look.kind === 'open' ? [look] : []))
  const missing = looks.length === 0 && empty.nothing === 'unknown' ? [empty.text] : []
  const unknown = [...looks.flatMap((look) => (look.kind === 'unknown' ? [look.text] : [])), ...missing]
  return {
    ...head,
    answer: answerOf(wrong.length, unknown.length, open.length, looks.length),
    evidence: [
      ...(looks.length === 0 && empty.nothing === 'none' ? [empty.text] : []),
      ...looks.flatMap((look) => (look.kind === 'unknown' ? [] : [look.text])),
    ],
    actions: [...new Set(open.map(({what}) => what))].map((what) => ({what})),
    unknown: [...new Set(unknown)],
    owner: ownerOf(head.role, project),
    effort: open.length === 0 ? null : effort,
  }
}

/** A definite defect outranks what is unknown, and that outranks what is only still to be said. */
function answerOf(wrong: number, unknown: number, open: number, looks: number): ReadinessAnswer {
  if (wrong > 0) return 'NOT_READY'
  if (unknown > 0) return 'INSUFFICIENT_DATA'
  if (open > 0) return 'READY_WITH_ACTIONS'
  return looks === 0 ? 'NOT_APPLICABLE' : 'READY'
}
