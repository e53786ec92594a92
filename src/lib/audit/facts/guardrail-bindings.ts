import {bedrockPolicy} from '../../account/bedrock-policy.js'
import {type Reading, read, readPart, regionsOf} from '../../account/read.js'
import type {ReadId, ReadValues} from '../../account/snapshot.schema.js'
import type {AuditContext} from '../audit-context.js'
import type {Evidence, Missing, Resource} from '../finding.schema.js'
import {configEvidence, isNowhere, missingOf} from '../judge-resource.js'
import {regionsOfWorkload} from './account-use.js'
import {type GuardrailReference, guardrailReference} from './guardrail-reference.js'
import {type Agent, agentRoutes, DRAFT, type Flow, flowRoutes, type Routes, TEST_ALIAS} from './routed-versions.js'

/** Something that names a guardrail. */
export interface GuardrailBinding {
  readonly guardrail: GuardrailReference
  readonly holder: Resource
  /** Of the holder. */
  readonly region: string
  /** In words: "version 2 of agent desk, by alias live". */
  readonly label: string
  /** Whether callers other than tests come through it. */
  readonly production: boolean
  /** Whether what it guards draws on a knowledge base. */
  readonly rag: boolean
  readonly evidence: Evidence
}

interface BindingGap {
  readonly region: string
  readonly missing: Missing
  /** False for drafts, which nobody but tests calls. */
  readonly production: boolean
}

export interface GuardrailBindings {
  readonly bindings: readonly GuardrailBinding[]
  /** What could hide more of them, by the Region of the holder. */
  readonly gaps: readonly BindingGap[]
  /** Agents whose knowledge bases were not read: their guardrails may be used with them. */
  readonly ragGaps: readonly {readonly guardrail: GuardrailReference; readonly missing: Missing}[]
}

interface Draft {
  readonly bindings: GuardrailBinding[]
  readonly gaps: BindingGap[]
  readonly ragGaps: {readonly guardrail: GuardrailReference; readonly missing: Missing}[]
}

const KNOWN = new WeakMap<AuditContext, GuardrailBindings>()

/** Everything in the snapshot and the project that names a guardrail; worked out once. */
export function guardrailBindings(context: AuditContext): GuardrailBindings {
  const known = KNOWN.get(context)
  if (known !== undefined) return known
  const found: Draft = {bindings: [], gaps: [], ragGaps: []}
  addEnforced(context, found)
  addOrganization(context, found)
  addWorkloads(context, found)
  eachOf(context, 'bedrock-agent:agents', found, (agents, region) => {
    for (const agent of agents) addAgent(context, agent, region, found)
  })
  eachOf(context, 'bedrock-agent:flows', found, (flows, region) => {
    for (const flow of flows) addFlow(context, flow, region, found)
  })
  KNOWN.set(context, found)
  return found
}

function eachOf<Id extends ReadId>(
  {snapshot}: AuditContext,
  id: Id,
  found: Draft,
  use: (value: ReadValues[Id], region: string) => void,
): void {
  for (const region of regionsOf(snapshot, id)) {
    const reading = read(snapshot, id, region)
    if (reading.state === 'read') use(reading.value, region)
    else if (!isNowhere(reading)) found.gaps.push({region, missing: missingOf(reading), production: true})
  }
}

function addEnforced(context: AuditContext, found: Draft): void {
  const id = 'bedrock:enforced-guardrails'
  eachOf(context, id, found, (configurations, region) => {
    for (const {configId, guardrailArn, guardrailId, guardrailVersion} of configurations) {
      const own = {region, account: context.snapshot.caller.account}
      const guardrail =
        guardrailReference(guardrailArn, own, guardrailVersion) ??
        guardrailReference(guardrailId, own, guardrailVersion)
      if (guardrail === undefined) continue
      const label = 'the enforced configuration of the account'
      found.bindings.push({
        guardrail,
        holder: {type: 'enforced-guardrail', id: configId || guardrailArn},
        region,
        label,
        production: true,
        rag: false,
        evidence: configEvidence(`${label} names ${nameOf(guardrail)}`, id, region),
      })
    }
  })
}

function addOrganization(context: AuditContext, found: Draft): void {
  const policy = bedrockPolicy(context)
  if (policy.state === 'unread') {
    if (!isNowhere(policy)) found.gaps.push({region: 'global', missing: missingOf(policy), production: true})
    return
  }
  for (const {region, name, identifier} of policy.value?.guardrails ?? []) {
    const guardrail = identifier === null ? undefined : guardrailReference(identifier, {region, account: ''})
    if (guardrail === undefined) continue
    const label = `the Bedrock policy of the organisation (${name})`
    found.bindings.push({
      guardrail,
      holder: {type: 'organization-policy', id: 'BEDROCK_POLICY'},
      region,
      label,
      production: true,
      rag: false,
      evidence: configEvidence(`${label} names ${nameOf(guardrail)}`, 'organizations:effective-policies'),
    })
  }
}

function addWorkloads({project, snapshot}: AuditContext, found: Draft): void {
  for (const workload of project.workloads) {
    if (workload.guardrail === undefined) continue
    for (const region of regionsOfWorkload(workload, project)) {
      const guardrail = guardrailReference(workload.guardrail, {region, account: snapshot.caller.account})
      if (guardrail === undefined) continue
      const label = `workload ${workload.name}`
      found.bindings.push({
        guardrail,
        holder: {type: 'workload', id: workload.name},
        region,
        label,
        production: workload.production,
        // Knowledge bases, agents and flows are called there.
        rag: workload.services.includes('bedrock-agent-runtime'),
        evidence: {kind: 'declared', text: `${label} names ${nameOf(guardrail)}`, region},
      })
    }
  }
}

function addAgent(context: AuditContext, agent: Agent, region: string, found: Draft): void {
  const bases = readPart(agent.knowledgeBases)
  const rag = bases.state === 'read' && bases.value.some(({state}) => state.toUpperCase() !== 'DISABLED')
  const own = {region, account: context.snapshot.caller.account}
  const holder = {type: 'agent', id: agent.arn ?? agent.id, name: agent.name}
  const name = `agent ${agent.name || agent.id}`
  eachVersion(name, readPart(agent.draft), agentRoutes(agent), region, found, (detail, label, production) => {
    const named = detail.guardrail
    const guardrail = named === null ? undefined : guardrailReference(named.id, own, named.version)
    if (guardrail === undefined) return
    if (bases.state === 'unread') found.ragGaps.push({guardrail, missing: missingOf(bases)})
    const evidence = configEvidence(`${label} names ${nameOf(guardrail)}`, 'bedrock-agent:agents', region)
    found.bindings.push({guardrail, holder, region, label, production, rag, evidence})
  })
}

function addFlow(context: AuditContext, flow: Flow, region: string, found: Draft): void {
  const own = {region, account: context.snapshot.caller.account}
  const holder = {type: 'flow', id: flow.arn || flow.id, name: flow.name}
  const name = `flow ${flow.name || flow.id}`
  eachVersion(name, readPart(flow.draft), flowRoutes(flow), region, found, ({nodes}, label, production) => {
    const rag = nodes.some(({type}) => type.toLowerCase() === 'knowledgebase')
    for (const node of nodes) {
      const guardrail = node.guardrail && guardrailReference(node.guardrail.id, own, node.guardrail.version)
      if (!guardrail) continue
      const text = `${label}, node ${node.name}, names ${nameOf(guardrail)}`
      const evidence = configEvidence(text, 'bedrock-agent:flows', region)
      found.bindings.push({guardrail, holder, region, label, production, rag, evidence})
    }
  })
}

/** The draft, and each version that an alias routes to. What the test alias reaches is for tests. */
function eachVersion<Detail>(
  name: string,
  draft: Reading<Detail>,
  {routes, gaps}: Routes<Detail>,
  region: string,
  found: Draft,
  use: (detail: Detail, label: string, production: boolean) => void,
): void {
  const add = (detail: Reading<Detail>, label: string, production: boolean) => {
    if (detail.state === 'read') use(detail.value, label, production)
    else found.gaps.push({region, missing: missingOf(detail), production})
  }
  found.gaps.push(...gaps.map((missing) => ({region, missing, production: true})))
  add(draft, `the draft of ${name}`, false)
  for (const {alias, version, detail} of routes) {
    const isTest = alias.id === TEST_ALIAS
    if (version === DRAFT && isTest) continue
    add(detail, `${versionName(version)} of ${name}, by alias ${alias.name || alias.id}`, !isTest)
  }
}

function versionName(version: string | null): string {
  return version === DRAFT ? 'the draft' : `version ${version ?? '?'}`
}

function nameOf({id, version}: GuardrailReference): string {
  return version === null ? `guardrail ${id} without a version` : `guardrail ${id}, version ${version}`
}
