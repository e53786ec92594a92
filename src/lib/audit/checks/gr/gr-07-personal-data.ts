import type {Project} from '../../../config/project.schema.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import type {Guardrail, GuardrailDetail} from '../../facts/guardrail-reference.js'
import {judgeVersions, type VersionVerdict} from '../../facts/guardrail-versions.js'
import type {Missing} from '../../finding.schema.js'
import {inEachRegion, judgeResource} from '../../judge-resource.js'
import {VERSION_READS} from './version-reads.js'

const READ = 'bedrock:guardrails'
const DIRECTIONS = ['input', 'output'] as const
type Direction = (typeof DIRECTIONS)[number]
type Pattern = GuardrailDetail['piiEntities'][number]
type Required = Project['guardrails']['pii']

export const personalDataCheck: Check = {
  id: 'GR-07',
  family: 'GR',
  severity: 'high',
  title: 'A guardrail acts on the personal data it has to, in both directions',
  why: 'Personal data reaches the model, its logs or the reader: an entity with action NONE is only counted, and a direction that is switched off is not looked at.',
  resource: 'guardrail',
  failsWhen:
    'an entity or pattern that guardrails.pii demands is absent from a version that counts, has action NONE or is disabled on a direction; without the declaration: when a direction has no entity or pattern at work',
  unknownWhen: 'such a version was not read, or an older one fails and its use was not read',
  reads: [READ, ...VERSION_READS],
  references: [
    {
      title: 'Remove PII from conversations by using sensitive information filters',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (guardrails, region) =>
      guardrails.map((guardrail) => judgeGuardrail(context, guardrail, region)),
    ),
}

function judgeGuardrail(context: AuditContext, guardrail: Guardrail, region: string): Judged {
  const {arn, id, name} = guardrail
  const required = context.project.guardrails.pii
  const {defects, gaps, evidence, judged} = judgeVersions(context, guardrail, region, (detail) =>
    required.length > 0 ? judgeRequired(detail, required) : judgeAny(detail),
  )
  const demanded = required.length > 0 ? required.join(', ') : 'Personal data'
  const text = `guardrails.pii demands ${required.length > 0 ? required.join(', ') : 'nothing by name'}`
  return judgeResource(
    {region, resource: {type: 'guardrail', id: arn || id, name}},
    {
      defects,
      gaps,
      fine: `${demanded} ${required.length > 1 ? 'are' : 'is'} acted on in both directions, in ${judged}`,
      evidence: [...evidence, {kind: 'declared', text}],
      fix: {
        summary: 'Let each entity block or anonymise on input and output, publish a version, and move callers to it.',
        cli: [
          `aws bedrock update-guardrail --region ${region} --guardrail-identifier ${id} --name <NAME> --blocked-input-messaging <TEXT> --blocked-outputs-messaging <TEXT> --sensitive-information-policy-config '{"piiEntitiesConfig":[{"type":"${required[0] ?? 'EMAIL'}","action":"ANONYMIZE","inputAction":"ANONYMIZE","outputAction":"ANONYMIZE","inputEnabled":true,"outputEnabled":true}]}'`,
          `aws bedrock create-guardrail-version --region ${region} --guardrail-identifier ${id}`,
        ],
        terraform: `resource "aws_bedrock_guardrail" "this" {
  # …
  sensitive_information_policy_config {
    pii_entities_config {
      type           = "${required[0] ?? 'EMAIL'}"
      action         = "ANONYMIZE"
      input_action   = "ANONYMIZE"
      input_enabled  = true
      output_action  = "ANONYMIZE"
      output_enabled = true
    }
  }
}`,
      },
    },
  )
}

function judgeRequired({piiEntities, regexes}: GuardrailDetail, required: Required): VersionVerdict {
  const all = [...piiEntities, ...regexes]
  const judged = required.map((name) =>
    judgePattern(
      name,
      all.filter((one) => one.name.toLowerCase() === name.toLowerCase()),
    ),
  )
  return {defects: judged.flatMap(({defects}) => defects), gaps: judged.flatMap(({gaps}) => gaps ?? [])}
}

function judgePattern(name: string, found: readonly Pattern[]): VersionVerdict {
  if (found.length === 0) return {defects: [`${name} is absent`]}
  const defects: string[] = []
  const gaps: Missing[] = []
  for (const direction of DIRECTIONS) {
    const works = found.map((one) => workOf(one, direction))
    if (works.some((one) => one.works === true)) continue
    if (works.some((one) => one.works === undefined)) gaps.push(noAction(name, direction))
    else defects.push(`${name} ${works[0]?.text} on ${direction}`)
  }
  return {defects, gaps}
}

function judgeAny({piiEntities, regexes}: GuardrailDetail): VersionVerdict {
  const all = [...piiEntities, ...regexes]
  if (all.length === 0) return {defects: ['it has no filter for personal data']}
  const defects: string[] = []
  const gaps: Missing[] = []
  for (const direction of DIRECTIONS) {
    const works = all.map((one) => workOf(one, direction).works)
    if (works.includes(true)) continue
    if (works.includes(undefined)) gaps.push(noAction('a filter for personal data', direction))
    else defects.push(`no filter for personal data is at work on ${direction}`)
  }
  return {defects, gaps}
}

/** The action of a direction wins over the common one; an absent switch is on. Undefined: no action is told. */
function workOf(
  {action, inputAction, outputAction, inputEnabled, outputEnabled}: Pattern,
  direction: Direction,
): {readonly works: boolean | undefined; readonly text: string} {
  const enabled = direction === 'input' ? inputEnabled : outputEnabled
  if (enabled === false) return {works: false, text: 'is disabled'}
  const effective = (direction === 'input' ? inputAction : outputAction) ?? action
  if (effective === null) return {works: undefined, text: 'has no action'}
  return {works: effective.toUpperCase() !== 'NONE', text: `has action ${effective}`}
}

function noAction(name: string, direction: Direction): Missing {
  return {
    action: 'bedrock:GetGuardrail',
    code: 'ABSENT',
    reason: `the answer names no action of ${name} on ${direction}`,
  }
}
