import {type Reading, read, readPart, regionsOf} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type Agent, type AgentConfiguration, agentRoutes, DRAFT} from '../../facts/routed-versions.js'
import type {Missing} from '../../finding.schema.js'
import {configEvidence, isNowhere, judgeResource, missingOf, regionPlace, unknown} from '../../judge-resource.js'

const READ = 'bedrock-agent:agents'
/** Marks a gap that matters only to roles which a version may hold. */
const ALIASES = ' aliases'

export const sharedAgentRoleCheck: Check = {
  id: 'AG-03',
  family: 'AG',
  severity: 'high',
  title: 'No two agents hold the same execution role',
  why: 'What one agent may do, every agent with the same role may do: a prompt that misleads one of them reaches the data and tools of all.',
  resource: 'agent role',
  failsWhen: 'two agents hold one role, on the draft or on a version that an alias routes to',
  unknownWhen: 'an agent, its aliases or its versions were not read, and no share is certain',
  reads: [READ],
  references: [
    {
      title: 'Create a service role for Amazon Bedrock Agents',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html',
    },
  ],
  judge: judgeRoles,
}

interface Holder {
  readonly agent: string
  readonly label: string
}

/** Role → agents that hold it for certain, and those that may, by agent. */
interface Inventory {
  readonly certain: Map<string, Map<string, Holder>>
  readonly possible: Map<string, Map<string, Holder>>
  /** Agents or Regions of which a role may be missing, each with why. */
  readonly gaps: {readonly agent: string | undefined; readonly missing: Missing}[]
}

function* judgeRoles({snapshot}: AuditContext): Iterable<Judged> {
  const inventory: Inventory = {certain: new Map(), possible: new Map(), gaps: []}
  for (const region of regionsOf(snapshot, READ)) {
    const reading = read(snapshot, READ, region)
    if (reading.state === 'read') for (const agent of reading.value) addAgent(inventory, agent, region)
    else if (!isNowhere(reading)) {
      inventory.gaps.push({agent: undefined, missing: missingOf(reading)})
      yield unknown(regionPlace(region, READ), [missingOf(reading)])
    }
  }
  const roles = new Set([...inventory.certain.keys(), ...inventory.possible.keys()])
  for (const role of [...roles].sort()) yield judgeRole(role, inventory)
  if (roles.size === 0 && inventory.gaps.some(({agent}) => agent !== undefined)) {
    yield unknown(
      regionPlace('global', READ),
      inventory.gaps.map(({missing}) => missing),
    )
  }
}

function addAgent({certain, possible, gaps}: Inventory, agent: Agent, region: string): void {
  const key = `${region} ${agent.id}`
  const label = (version: string) => `${agent.name || agent.id} (${version}, ${region})`
  const add = (where: Inventory['certain'], version: string, detail: Reading<AgentConfiguration>) => {
    if (detail.state === 'unread') gaps.push({agent: key, missing: missingOf(detail)})
    else if (detail.value.roleArn !== null) hold(where, detail.value.roleArn, {agent: key, label: label(version)})
  }
  add(certain, 'draft', readPart(agent.draft))
  const {routes, gaps: unrouted} = agentRoutes(agent)
  for (const {version, detail} of routes) add(certain, version === DRAFT ? 'draft' : `version ${version}`, detail)
  const [unread] = unrouted
  if (unread === undefined) return
  // Without the aliases any version may be routed to.
  const versions = readPart(agent.versions)
  if (versions.state === 'unread') gaps.push({agent: key, missing: missingOf(versions)})
  else {
    for (const {version, detail} of versions.value) add(possible, `version ${version}`, readPart(detail))
    gaps.push({agent: `${key}${ALIASES}`, missing: unread})
  }
}

function hold(where: Inventory['certain'], role: string, holder: Holder): void {
  const holders = where.get(role) ?? new Map<string, Holder>()
  if (!holders.has(holder.agent)) holders.set(holder.agent, holder)
  where.set(role, holders)
}

function judgeRole(role: string, {certain, possible, gaps}: Inventory): Judged {
  const holders = [...(certain.get(role)?.values() ?? [])]
  const known = new Set([...holders, ...(possible.get(role)?.values() ?? [])].map(({agent}) => agent))
  const aliasGaps = gaps.filter(({agent}) => agent?.endsWith(ALIASES))
  const others = gaps.filter(
    ({agent}) => !agent?.endsWith(ALIASES) && (agent === undefined || !known.has(agent) || known.size > 1),
  )
  const relevant = [...others, ...(known.size > holders.length && known.size > 1 ? aliasGaps : [])]
  const partition = role.split(':')[1] ?? 'aws'
  const names = holders.map(({label}) => label).join(', ')
  return judgeResource(
    {region: 'global', resource: {type: 'role', id: role, name: role.slice(role.lastIndexOf('/') + 1)}},
    {
      defects: holders.length > 1 ? [`${holders.length} agents hold the role: ${names}`] : [],
      gaps: relevant.map(({missing}) => missing),
      fine: `Only one agent holds the role: ${names || [...known].join(', ')}`,
      evidence: holders.map(({label}) => configEvidence(`agent ${label} holds the role`, READ)),
      fix: {
        summary:
          'Give each agent a role of its own, with what that agent needs, then prepare it and publish a version.',
        cli: [
          `aws iam create-role --role-name <ROLE> --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"bedrock.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"<ACCOUNT>"},"ArnLike":{"aws:SourceArn":"arn:${partition}:bedrock:<REGION>:<ACCOUNT>:agent/<AGENT>"}}}]}'`,
          'aws bedrock-agent update-agent --agent-id <AGENT> --agent-name <NAME> --agent-resource-role-arn <NEW_ROLE_ARN> --foundation-model <MODEL>',
          'aws bedrock-agent prepare-agent --agent-id <AGENT>',
        ],
      },
    },
  )
}
