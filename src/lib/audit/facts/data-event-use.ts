import {type Reading, read, readPart} from '../../account/read.js'
import type {AuditContext} from '../audit-context.js'
import type {Evidence, Missing} from '../finding.schema.js'
import {configEvidence, isNowhere, missingOf} from '../judge-resource.js'
import type {RecordedEvent} from './event-selectors.js'

/** A resource type of CloudTrail whose calls are data events, and whether such resources are in use in a Region. */
export interface DataUse {
  readonly type: string
  /** Empty: no use is seen. */
  readonly evidence: readonly Evidence[]
  /** What would show it, where it is not seen. */
  readonly missing: readonly Missing[]
  /** One for each call and, where selectors may tell them apart, resource. */
  readonly events: readonly RecordedEvent[]
}

/** Type → calls that are its data events (Bedrock User Guide, logging-using-cloudtrail, 2026-10-01). */
const CALLS = {
  'AWS::Bedrock::AgentAlias': ['InvokeAgent'],
  'AWS::Bedrock::AsyncInvoke': ['StartAsyncInvoke', 'GetAsyncInvoke'],
  'AWS::Bedrock::FlowAlias': ['InvokeFlow'],
  'AWS::Bedrock::Guardrail': ['ApplyGuardrail'],
  'AWS::Bedrock::InlineAgent': ['InvokeInlineAgent'],
  'AWS::Bedrock::KnowledgeBase': ['Retrieve', 'RetrieveAndGenerate'],
  'AWS::Bedrock::Model': ['InvokeModelWithBidirectionalStream'],
  'AWS::Bedrock::Prompt': ['RenderPrompt'],
  'AWS::BedrockMantle::Project': ['CreateInference'],
} as const
type DataType = keyof typeof CALLS

/** What is there of a type: ARNs of resources in use, other signs of use, and what keeps it from being known. */
interface Seen {
  readonly arns: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly missing: readonly Missing[]
}

/** The types in the order of their names. */
export function dataUses(context: AuditContext, region: string): readonly DataUse[] {
  const {events} = context.use.in(region)
  return (Object.keys(CALLS) as DataType[]).map((type) => {
    const names: readonly string[] = CALLS[type]
    const {arns, evidence, missing} = seenOf(type, context, region)
    const event = events.find(({name}) => names.includes(name))
    const observed: readonly Evidence[] = event
      ? [{kind: 'observed', text: `${event.name} was called`, read: 'cloudtrail:bedrock-events', region, at: event.at}]
      : []
    const all = [...evidence, ...observed]
    return {type, evidence: all, missing: all.length > 0 ? [] : missing, events: recordedEvents(type, arns)}
  })
}

function recordedEvents(type: DataType, arns: readonly string[]): readonly RecordedEvent[] {
  const source = type.startsWith('AWS::BedrockMantle') ? 'bedrock-mantle.amazonaws.com' : 'bedrock.amazonaws.com'
  const resources = arns.length > 0 ? arns : [undefined]
  return CALLS[type].flatMap((name) =>
    resources.map((resourceArn): RecordedEvent => {
      // Calls that ask a model are marked as reads.
      return {category: 'Data', source, name, readOnly: true, resourceType: type, resourceArn}
    }),
  )
}

function seenOf(type: DataType, context: AuditContext, region: string): Seen {
  const {snapshot} = context
  switch (type) {
    case 'AWS::Bedrock::AgentAlias':
      return listed(read(snapshot, 'bedrock-agent:agents', region), (agents) =>
        agents.map(({id, arn, name, aliases}) => {
          const its = aliases.status === 'read' ? aliases.value : []
          const start = arn?.replace(/:agent\/.*$/, ':agent-alias/') ?? ''
          const arns = start === '' ? [] : its.map((alias) => `${start}${id}/${alias.id}`)
          return {arns, evidence: configEvidence(`agent ${name || id}`, 'bedrock-agent:agents', region)}
        }),
      )
    case 'AWS::Bedrock::KnowledgeBase':
      return listed(read(snapshot, 'bedrock-agent:knowledge-bases', region), (bases) =>
        bases.map(({id, name, detail}) => ({
          arns: detail.status === 'read' && detail.value.arn !== '' ? [detail.value.arn] : [],
          evidence: configEvidence(`knowledge base ${name || id}`, 'bedrock-agent:knowledge-bases', region),
        })),
      )
    case 'AWS::Bedrock::FlowAlias':
      return listed(read(snapshot, 'bedrock-agent:flows', region), (flows) =>
        flows.map(({id, arn, name, aliases}) => ({
          arns: aliases.status === 'read' && arn !== '' ? aliases.value.map((alias) => `${arn}/alias/${alias.id}`) : [],
          evidence: configEvidence(`flow ${name || id}`, 'bedrock-agent:flows', region),
        })),
      )
    case 'AWS::Bedrock::Prompt':
      return listed(read(snapshot, 'bedrock-agent:prompts', region), (prompts) =>
        prompts.map(({id, arn, name}) => ({
          arns: arn === '' ? [] : [arn],
          evidence: configEvidence(`prompt ${name || id}`, 'bedrock-agent:prompts', region),
        })),
      )
    case 'AWS::Bedrock::Guardrail':
      return seenGuardrails(context, region)
    case 'AWS::BedrockMantle::Project':
      return seenMantle(context, region)
    default:
      return {arns: [], evidence: [], missing: []}
  }
}

interface Item {
  readonly arns: readonly string[]
  readonly evidence: Evidence
}

function listed<Value>(reading: Reading<Value>, itemsOf: (value: Value) => readonly Item[]): Seen {
  if (reading.state === 'unread') {
    return {arns: [], evidence: [], missing: isNowhere(reading) ? [] : [missingOf(reading)]}
  }
  const items = itemsOf(reading.value)
  return {
    arns: [...new Set(items.flatMap(({arns}) => arns))],
    evidence: items.map(({evidence}) => evidence),
    missing: [],
  }
}

/** A guardrail is in use when it was evaluated, or when something that is called names it. */
function seenGuardrails({snapshot, use}: AuditContext, region: string): Seen {
  const usage = read(snapshot, 'cloudwatch:bedrock-usage', region)
  const guardrails = read(snapshot, 'bedrock:guardrails', region)
  const agents = read(snapshot, 'bedrock-agent:agents', region)
  const enforced = read(snapshot, 'bedrock:enforced-guardrails', region)
  const counted = (usage.state === 'read' ? usage.value.guardrails : []).filter(
    ({invocations}) => (invocations ?? 0) > 0,
  )
  const ofAgents = (agents.state === 'read' ? agents.value : []).flatMap(({draft}) => {
    const reading = readPart(draft)
    return reading.state === 'read' && reading.value.guardrail ? [reading.value.guardrail.id] : []
  })
  const ofWorkloads = use.in(region).workloads.flatMap(({guardrail}) => guardrail ?? [])
  const isEnforced = enforced.state === 'read' && enforced.value.length > 0
  const evidence = [
    ...counted.map(({arn, invocations}): Evidence => {
      return {kind: 'observed', text: `${invocations} evaluations of ${arn}`, read: 'cloudwatch:bedrock-usage', region}
    }),
    ...ofAgents.map((id) => configEvidence(`an agent names guardrail ${id}`, 'bedrock-agent:agents', region)),
    ...ofWorkloads.map((id): Evidence => ({kind: 'declared', text: `a workload names guardrail ${id}`, region})),
    ...(isEnforced ? [configEvidence('a guardrail is enforced', 'bedrock:enforced-guardrails', region)] : []),
  ]
  const arns = [...new Set(counted.map(({arn}) => arn))]
  const exist = guardrails.state === 'unread' || guardrails.value.length > 0
  const missing = exist
    ? [usage, guardrails].flatMap((one) => (one.state === 'unread' && !isNowhere(one) ? [missingOf(one)] : []))
    : []
  return {arns, evidence, missing}
}

function seenMantle({use}: AuditContext, region: string): Seen {
  const {services, used, missing} = use.in(region)
  return {arns: [], evidence: services.get('bedrock-mantle') ?? [], missing: used === 'unknown' ? missing : []}
}
