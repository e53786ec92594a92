import type {Catalog} from '../../catalog/catalog.js'
import type {Unread} from '../../core/answer.schema.js'
import {formatArn} from '../../core/arn.js'
import {usageError} from '../../core/errors.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import type {GuardrailUse, SystemTarget} from '../../iam/legs/target.js'
import type {RegionOffer} from '../../models/offers/offer.js'
import {type Route, routeOf} from '../call/find-targets.js'
import type {Draft} from './ask.js'
import {draftApp} from './draft-app.js'
import {draftBatch, draftCustomization, draftImport} from './draft-job.js'
import {draftMonitor} from './draft-monitor.js'
import {draftAdmin, draftAuditor} from './draft-operator.js'
import {formatPolicies} from './format-policies.js'
import type {GeneratedPolicy, GeneratedRole, GeneratedWorkload, IamGenerate} from './generate.schema.js'
import {offeredTarget} from './offered-targets.js'
import {packStatements} from './pack-statements.js'
import {prove} from './prove.js'
import type {JobData} from './service-role.js'
import {type policyText, sizeOf} from './statement.js'

export interface GenerateInput {
  readonly workload: GeneratedWorkload
  readonly models: readonly string[]
  readonly from: string
  /** Regions that a monitor watches; else the one that calls are sent from. */
  readonly regions: readonly string[]
  readonly route: Route | undefined
  readonly account: string
  readonly guardrail: GuardrailUse | null
  readonly vpce: string | null
  readonly data: JobData
  readonly logGroups: readonly string[]
  readonly roleName: string | undefined
  readonly attach: GeneratedPolicy['kind']
  readonly format: IamGenerate['format']
}

export interface GenerateFacts {
  readonly catalog: Catalog
  readonly facts: IamFacts
  /** What the Region offers; undefined where no model is named. */
  readonly offer: RegionOffer | undefined
  readonly unread: readonly Unread[]
  readonly simulated: boolean
}

/** Characters of a managed policy; of all inline policies of a user or role together. */
const LIMITS = {managed: 6144, 'user-inline': 2048, 'role-inline': 10_240} as const
const NAMES: Readonly<Record<GeneratedWorkload, string>> = {
  app: 'BedrockApp',
  batch: 'BedrockBatch',
  import: 'BedrockImport',
  customization: 'BedrockCustomization',
  admin: 'BedrockAdmin',
  auditor: 'BedrockAuditor',
  monitor: 'BedrockMonitor',
}

/** The least a workload needs, as policies and roles; the evaluator has agreed to all of it before it is returned. */
export function generatePolicies(input: GenerateInput, known: GenerateFacts): IamGenerate {
  const {workload, from, account, attach, format} = input
  const partition = known.catalog.region(from)?.partition ?? 'aws'
  const targets = targetsOf(input, known)
  const draft = draftOf(input, targets, partition, known)
  const policies = policiesOf(draft, NAMES[workload], attach)
  const roles = rolesOf(draft, policies)
  const network =
    input.vpce === null ? undefined : ({kind: 'endpoint', vpcEndpointId: input.vpce, vpcId: 'vpc-any'} as const)
  const proof = prove(draft.asks, {account, partition, network, policies, role: roles[0]}, known.facts)
  return {
    schemaVersion: 1,
    simulated: known.simulated,
    unread: known.unread,
    workload,
    account,
    partition,
    from,
    targets: targets.map((target) => ({
      id: target.kind === 'model' ? target.modelId : target.profileId,
      modelId: target.modelId,
      route: routeOf(target) as Route,
    })),
    origin: targets.length === 0 ? null : (known.offer?.origin ?? null),
    format,
    text: formatPolicies(format, policies, roles),
    policies,
    roles,
    proof,
    notes: [...draft.notes, ...sizeNotes(policies)],
  }
}

function targetsOf({workload, models, route}: GenerateInput, {offer, catalog}: GenerateFacts): readonly SystemTarget[] {
  const invokes = workload === 'app' || workload === 'batch' || workload === 'customization'
  if (!invokes) return []
  if (models.length === 0 || offer === undefined) {
    throw usageError('MODEL_MISSING', `--workload ${workload} is for certain models.`, {hint: 'Name them: --model ID'})
  }
  if (workload === 'customization') return models.map((text) => baseModel(text, offer, catalog))
  return models.map((text) => offeredTarget(text, route, offer, catalog))
}

/** What is customised is the model itself, whether or not it can be called there. */
function baseModel(text: string, offer: RegionOffer, catalog: Catalog): SystemTarget {
  const known = catalog.model(text)
  const modelId = offer.models.find(({id}) => id === text)?.id ?? known?.aliasOf ?? known?.id
  return modelId === undefined ? offeredTarget(text, undefined, offer, catalog) : {kind: 'model', modelId}
}

function draftOf(
  input: GenerateInput,
  targets: readonly SystemTarget[],
  partition: string,
  {catalog, facts}: GenerateFacts,
): Draft {
  const {workload, from, account, guardrail, vpce, data, logGroups} = input
  const place = {partition, account, region: from}
  const destinations = targets.flatMap((target) =>
    target.kind === 'geographic-profile' ? (target.destinations ?? []) : [],
  )
  const others = catalog.regions.filter((region) => region.partition === partition && region.name !== from)
  const elsewhere = (others.find(({name}) => !destinations.includes(name)) ?? others[0])?.name ?? 'xx-other-1'
  const invoke = {place, elsewhere, guardrail, vpce}
  const operator = {place, elsewhere, vpce, facts}
  const name = input.roleName ?? `Amazon${NAMES[workload]}Role`
  const role = {name, arn: formatArn({partition, service: 'iam', region: '', account, resource: `role/${name}`})}
  switch (workload) {
    case 'app':
      return draftApp(targets, invoke)
    case 'batch':
      return draftBatch(targets, {...invoke, role, data})
    case 'import':
      return draftImport({...invoke, role, data})
    case 'customization':
      return draftCustomization(targets, {...invoke, role, data})
    case 'admin':
      return draftAdmin(operator)
    case 'auditor':
      return draftAuditor(operator)
    case 'monitor': {
      const unwatched = others.find(({name: region}) => !input.regions.includes(region))?.name
      return draftMonitor({place, elsewhere: unwatched, regions: input.regions, logGroups, data})
    }
  }
}

function policiesOf({caller, role}: Draft, name: string, attach: GeneratedPolicy['kind']): readonly GeneratedPolicy[] {
  const limit = LIMITS[attach]
  const packed = packStatements(caller, limit)
  if (attach !== 'managed' && packed.length > 1) {
    throw usageError('POLICY_TOO_LARGE', `All inline policies of a ${attach.slice(0, 4)} share ${limit} characters.`, {
      why: `These take ${packed.reduce((sum, one) => sum + sizeOf(one), 0)}.`,
      hint: 'Attach them as managed policies: --attach managed',
    })
  }
  const own = packed.map((text, index) => generated(numbered(name, index, packed.length), 'caller', attach, text))
  if (role === null) return own
  const roleTexts = packStatements(role.statements, LIMITS.managed)
  return [
    ...own,
    ...roleTexts.map((text, index) =>
      generated(numbered(`${name}Data`, index, roleTexts.length), role.name, 'managed', text),
    ),
  ]
}

function numbered(name: string, index: number, count: number): string {
  return count === 1 ? name : `${name}${index + 1}`
}

function generated(
  name: string,
  attachTo: string,
  kind: GeneratedPolicy['kind'],
  text: ReturnType<typeof policyText>,
): GeneratedPolicy {
  return {name, attachTo, kind, document: asDocument(text), characters: sizeOf(text), limit: LIMITS[kind]}
}

/** The plain JSON of a text that is built of plain values only. */
function asDocument(text: object): GeneratedPolicy['document'] {
  return JSON.parse(JSON.stringify(text)) as GeneratedPolicy['document']
}

function rolesOf({role}: Draft, policies: readonly GeneratedPolicy[]): readonly GeneratedRole[] {
  if (role === null) return []
  const names = policies.filter(({attachTo}) => attachTo === role.name).map(({name}) => name)
  return [{name: role.name, arn: role.arn, trust: asDocument(role.trust), policies: names}]
}

/** AWS attaches ten managed policies to an identity until somebody asks for more. */
const ATTACHED = 10

function sizeNotes(policies: readonly GeneratedPolicy[]): readonly string[] {
  const count = policies.filter(({attachTo}) => attachTo === 'caller').length
  if (count === 1) return []
  const many = count > ATTACHED ? `, more than the ${ATTACHED} that AWS attaches by default` : ''
  return [`Split into ${count} policies, each within ${policies[0]?.limit} characters${many}: attach all of them.`]
}
