import type {Check, Judged} from '../../check.js'
import {
  type Agent,
  type AgentConfiguration,
  agentRoutes,
  DRAFT,
  type Route,
  TEST_ALIAS,
} from '../../facts/routed-versions.js'
import type {Fix} from '../../finding.schema.js'
import {configEvidence, inEachRegion, judgeResource, missingOf, type Place, unknown} from '../../judge-resource.js'

const READ = 'bedrock-agent:agents'

export const agentGuardrailCheck: Check = {
  id: 'AG-01',
  family: 'AG',
  severity: 'high',
  title: 'Every agent version that an alias routes to has a guardrail',
  why: 'Callers reach the version behind the alias, not the draft: without a guardrail on that version, nothing filters what the agent is told and what it answers.',
  resource: 'agent alias',
  failsWhen:
    'a version that an alias routes to has no guardrail; the draft behind the test alias counts while no other alias routes anywhere',
  reads: [READ],
  references: [
    {
      title: 'Implement safeguards by associating a guardrail with your agent',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/agents-guardrail.html',
    },
    {
      title: 'Deploy and use an Amazon Bedrock agent in your application',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/agents-deploy.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (agents, region) => agents.flatMap((agent) => judgeAgent(agent, region))),
}

function judgeAgent(agent: Agent, region: string): readonly Judged[] {
  const place = {region, resource: {type: 'agent', id: agent.arn ?? agent.id, name: agent.name}}
  const {routes, gaps} = agentRoutes(agent)
  if (gaps.length > 0) return [unknown(place, gaps)]
  if (routes.length === 0) return [{...place, verdict: 'INFO', message: 'No alias routes to a version of the agent.'}]
  const isPublished = routes.some(({alias}) => alias.id !== TEST_ALIAS)
  return routes.map((route) =>
    isPublished && route.alias.id === TEST_ALIAS ? judgeTests(route, agent, place) : judgeRoute(route, agent, place),
  )
}

function judgeRoute({alias, version, detail}: Route<AgentConfiguration>, agent: Agent, place: Place): Judged {
  const name = alias.name || alias.id
  const where = {...place, aspect: `alias ${name} → ${version ?? 'none'}`}
  if (detail.state === 'unread') return unknown(where, [missingOf(detail)])
  const {guardrail} = detail.value
  const what = version === DRAFT ? 'the working draft' : `version ${version}`
  const judged = judgeResource(where, {
    defects: guardrail === null ? [`Alias ${name} routes to ${what}, which has no guardrail`] : [],
    fine: `${what} has guardrail ${guardrail?.id} (${guardrail?.version || 'no version named'})`,
    evidence: [configEvidence(`${what}: guardrail ${guardrail?.id ?? 'none'}`, READ, place.region)],
    fix: fixOf(agent, alias.id, place.region),
  })
  // Only tests are meant to call the draft.
  return alias.id === TEST_ALIAS ? {...judged, severity: 'medium'} : judged
}

/** Of an agent whose callers come through other aliases: its draft alone is no defect. */
function judgeTests(route: Route<AgentConfiguration>, agent: Agent, place: Place): Judged {
  const {fix, missing, ...judged} = judgeRoute(route, agent, place)
  if (judged.verdict === 'PASS') return judged
  const {detail} = route
  const message =
    detail.state === 'unread'
      ? `The working draft was not read (${detail.reason}); callers come through other aliases.`
      : 'The working draft, which only the test alias leads to, has no guardrail; whoever may call that alias is not filtered.'
  return {...judged, verdict: 'INFO', message}
}

function fixOf({id}: Agent, alias: string, region: string): Fix {
  const update = `aws bedrock-agent update-agent --region ${region} --agent-id ${id} --agent-name <NAME> --agent-resource-role-arn <ROLE> --foundation-model <MODEL> --guardrail-configuration guardrailIdentifier=<GUARDRAIL>,guardrailVersion=<VERSION>`
  const prepare = `aws bedrock-agent prepare-agent --region ${region} --agent-id ${id}`
  const publish = `aws bedrock-agent update-agent-alias --region ${region} --agent-id ${id} --agent-alias-id ${alias} --agent-alias-name <NAME>`
  return {
    summary:
      alias === TEST_ALIAS
        ? 'Give the draft a guardrail with a numbered version, and prepare the agent.'
        : 'Give the draft a guardrail with a numbered version, prepare the agent, and let the alias route to a new version of it.',
    cli: alias === TEST_ALIAS ? [update, prepare] : [update, prepare, publish],
    terraform: `resource "aws_bedrockagent_agent" "this" {
  # …
  guardrail_configuration {
    guardrail_identifier = aws_bedrock_guardrail.this.guardrail_id
    guardrail_version    = aws_bedrock_guardrail_version.this.version
  }
}`,
  }
}
