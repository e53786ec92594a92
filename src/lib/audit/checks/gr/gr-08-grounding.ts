import {read, readPart} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {guardrailBindings} from '../../facts/guardrail-bindings.js'
import type {Guardrail, GuardrailDetail} from '../../facts/guardrail-reference.js'
import {bindingsOf, judgeVersions, type VersionVerdict} from '../../facts/guardrail-versions.js'
import type {Evidence, Missing} from '../../finding.schema.js'
import {inEachRegion, isNowhere, judgeResource, missingOf} from '../../judge-resource.js'
import {VERSION_READS} from './version-reads.js'

const READ = 'bedrock:guardrails'
const FILTERS = ['GROUNDING', 'RELEVANCE'] as const

export const groundingCheck: Check = {
  id: 'GR-08',
  family: 'GR',
  severity: 'high',
  title: 'A guardrail used with a knowledge base blocks answers that are not grounded or not relevant',
  why: 'Answers that the sources do not bear out reach readers, who trust them all the more because they come from the knowledge base.',
  resource: 'guardrail used with a knowledge base',
  failsWhen:
    'grounding or relevance is missing from a version that counts, disabled, not BLOCK, or under guardrails.groundingThreshold',
  unknownWhen:
    'the answer names no action or switch of a filter, or a guardrail that would fail may be used with a knowledge base and no read shows it',
  reads: [READ, 'bedrock-agent:knowledge-bases', ...VERSION_READS],
  references: [
    {
      title: 'Use contextual grounding check to filter hallucinations in responses',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-contextual-grounding-check.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (guardrails, region) =>
      guardrails.flatMap((guardrail) => judgeGuardrail(context, guardrail, region)),
    ),
}

function judgeGuardrail(context: AuditContext, guardrail: Guardrail, region: string): readonly Judged[] {
  const {arn, id, name} = guardrail
  const least = context.project.guardrails.groundingThreshold
  const rag = ragUse(context, guardrail, region)
  const {defects, gaps, evidence, judged} = judgeVersions(context, guardrail, region, (detail) =>
    judgeFilters(detail, least),
  )
  const open = defects.length > 0 || gaps.length > 0
  if (!rag.used && rag.gaps.length === 0) return []
  const place = {region, resource: {type: 'guardrail', id: arn || id, name}}
  const facts = {
    fine: `Grounding and relevance block, at thresholds of ${least} or more, in ${judged}`,
    evidence: [...rag.evidence, ...evidence],
    fix: fixOf(id, region, least),
  }
  // What nobody is seen to use with a knowledge base is no defect, only not known.
  return [
    judgeResource(place, rag.used ? {...facts, defects, gaps} : {...facts, defects: [], gaps: open ? rag.gaps : []}),
  ]
}

interface RagUse {
  readonly used: boolean
  readonly evidence: readonly Evidence[]
  /** Why it may be used with a knowledge base though nothing shows it. */
  readonly gaps: readonly Missing[]
}

function ragUse(context: AuditContext, guardrail: Guardrail, region: string): RagUse {
  const bound = bindingsOf(context, guardrail, region).filter(({rag}) => rag)
  if (bound.length > 0) return {used: true, evidence: bound.map(({evidence}) => evidence), gaps: []}
  const {gaps, ragGaps} = guardrailBindings(context)
  const ofAgents = ragGaps.filter(({guardrail: {id, region: its}}) => id === guardrail.id && its === region)
  const ofRegion = gaps.filter((gap) => gap.region === region)
  return {
    used: false,
    evidence: [],
    gaps: [...[...ofAgents, ...ofRegion].map(({missing}) => missing), ...callersGap(context, region)],
  }
}

/** Who asks a knowledge base directly names the guardrail in the call, and no read shows that. */
function callersGap({snapshot}: AuditContext, region: string): readonly Missing[] {
  const bases = read(snapshot, 'bedrock-agent:knowledge-bases', region)
  if (bases.state === 'unread') return isNowhere(bases) ? [] : [missingOf(bases)]
  const asked = bases.value.filter(({detail}) => {
    const reading = readPart(detail)
    return reading.state === 'unread' || reading.value.type !== 'SQL'
  })
  if (asked.length === 0) return []
  const names = asked.map(({name, id}) => name || id).join(', ')
  const reason = `callers of knowledge base ${names} name their guardrail in the call, which no read shows`
  return [{action: 'bedrock:RetrieveAndGenerate', code: 'NOT_VISIBLE', reason}]
}

function judgeFilters({grounding}: GuardrailDetail, least: number): VersionVerdict {
  const defects: string[] = []
  const gaps: Missing[] = []
  for (const type of FILTERS) {
    const label = type.toLowerCase()
    const filter = grounding.find((one) => one.type.toUpperCase() === type)
    if (filter === undefined) {
      defects.push(`the ${label} filter is missing`)
      continue
    }
    const {action, enabled, threshold} = filter
    if (enabled === false) defects.push(`the ${label} filter is disabled`)
    if (action !== null && action.toUpperCase() !== 'BLOCK') defects.push(`the ${label} filter has action ${action}`)
    if (threshold !== null && threshold < least) defects.push(`the ${label} threshold ${threshold} is under ${least}`)
    const absent = Object.entries({action, enabled, threshold}).flatMap(([key, value]) => (value === null ? [key] : []))
    gaps.push(...absent.map((key) => absentMember(label, key)))
  }
  return {defects, gaps}
}

function absentMember(filter: string, key: string): Missing {
  return {action: 'bedrock:GetGuardrail', code: 'ABSENT', reason: `the answer has no ${key} of the ${filter} filter`}
}

function fixOf(id: string, region: string, least: number) {
  return {
    summary: `Add grounding and relevance with action BLOCK and a threshold of ${least} or more, publish a version, and move callers to it.`,
    cli: [
      `aws bedrock update-guardrail --region ${region} --guardrail-identifier ${id} --name <NAME> --blocked-input-messaging <TEXT> --blocked-outputs-messaging <TEXT> --contextual-grounding-policy-config '{"filtersConfig":[{"type":"GROUNDING","threshold":${least},"action":"BLOCK","enabled":true},{"type":"RELEVANCE","threshold":${least},"action":"BLOCK","enabled":true}]}'`,
      `aws bedrock create-guardrail-version --region ${region} --guardrail-identifier ${id}`,
    ],
    terraform: `resource "aws_bedrock_guardrail" "this" {
  # …
  contextual_grounding_policy_config {
    filters_config {
      type      = "GROUNDING"
      threshold = ${least}
    }
    filters_config {
      type      = "RELEVANCE"
      threshold = ${least}
    }
  }
}`,
  }
}
