import {type Reading, readPart} from '../../../account/read.js'
import type {Check, Judged} from '../../check.js'
import {DRAFT, type Flow, type FlowDetail, flowRoutes} from '../../facts/routed-versions.js'
import type {Missing} from '../../finding.schema.js'
import {configEvidence, inEachRegion, judgeResource, missingOf} from '../../judge-resource.js'

const READ = 'bedrock-agent:flows'
/** Types of nodes that put text before a model and take a guardrail of their own. */
const GUARDED_TYPES = ['prompt', 'knowledgebase']

export const flowGuardrailCheck: Check = {
  id: 'AG-06',
  family: 'AG',
  severity: 'high',
  title: 'Every prompt and knowledge-base node of a flow has a guardrail',
  why: 'Each node calls a model by itself: a guardrail on one of them does not filter what the others are told and answer.',
  resource: 'flow',
  failsWhen: 'a prompt or knowledge-base node has no guardrail, in the draft or in a version that an alias routes to',
  reads: [READ],
  references: [
    {
      title: 'Include guardrails in your flow in Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/flows-guardrails.html',
    },
  ],
  judge: (context) => inEachRegion(context, READ, (flows, region) => flows.map((flow) => judgeFlow(flow, region))),
}

function judgeFlow(flow: Flow, region: string): Judged {
  const {routes, gaps} = flowRoutes(flow)
  const versions = new Map<string, Reading<FlowDetail>>([[DRAFT, readPart(flow.draft)]])
  for (const {version, detail} of routes) if (version !== null) versions.set(version, detail)
  const read = [...versions].flatMap(([version, detail]) =>
    detail.state === 'read' ? [{version, nodes: detail.value.nodes}] : [],
  )
  const open = read.flatMap(({version, nodes}) => {
    const names = unguarded(nodes)
    return names.length > 0 ? [`${versionName(version)}: no guardrail on ${names.join(', ')}`] : []
  })
  const unread = [...versions.values()].flatMap((detail) => (detail.state === 'unread' ? [missingOf(detail)] : []))
  return judgeResource(
    {region, resource: {type: 'flow', id: flow.arn || flow.id, name: flow.name}},
    {
      defects: open,
      gaps: [...unread, ...(mayHideDefects(flow, gaps) ? gaps : [])],
      fine: `Every prompt and knowledge-base node has a guardrail, in ${[...versions.keys()].map(versionName).join(', ')}`,
      evidence: read.map(({version, nodes}) =>
        configEvidence(`nodes to guard in ${versionName(version)}: ${guardable(nodes).length}`, READ, region),
      ),
      fix: {
        summary:
          'Name a guardrail in the configuration of each node, prepare the flow, and route the alias to a new version.',
        cli: [
          `aws bedrock-agent get-flow --region ${region} --flow-identifier ${flow.id} --query definition > definition.json`,
          `aws bedrock-agent update-flow --region ${region} --flow-identifier ${flow.id} --name <NAME> --execution-role-arn <ROLE> --definition file://definition.json`,
          `aws bedrock-agent prepare-flow --region ${region} --flow-identifier ${flow.id}`,
          `aws bedrock-agent create-flow-version --region ${region} --flow-identifier ${flow.id}`,
          `aws bedrock-agent update-flow-alias --region ${region} --flow-identifier ${flow.id} --alias-identifier <ALIAS> --name <ALIAS_NAME> --routing-configuration flowVersion=<VERSION>`,
        ],
      },
    },
  )
}

/** Without the aliases any version may be routed to; where all of them are guarded, that does not matter. */
function mayHideDefects({versions}: Flow, gaps: readonly Missing[]): boolean {
  if (gaps.length === 0) return false
  const listed = readPart(versions)
  if (listed.state === 'unread') return true
  return listed.value.some(({detail}) => {
    const reading = readPart(detail)
    return reading.state === 'unread' || unguarded(reading.value.nodes).length > 0
  })
}

type Nodes = FlowDetail['nodes']

function guardable(nodes: Nodes): Nodes {
  return nodes.filter(({type}) => GUARDED_TYPES.includes(type.toLowerCase()))
}

function unguarded(nodes: Nodes): readonly string[] {
  return guardable(nodes).flatMap(({name, guardrail}) => (guardrail === null ? [name] : []))
}

function versionName(version: string): string {
  return version === DRAFT ? 'the draft' : `version ${version}`
}
