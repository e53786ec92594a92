import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import type {Guardrail, GuardrailDetail} from '../../facts/guardrail-reference.js'
import {judgeVersions, type VersionVerdict} from '../../facts/guardrail-versions.js'
import {inEachRegion, judgeResource} from '../../judge-resource.js'
import {VERSION_READS} from './version-reads.js'

const READ = 'bedrock:guardrails'

export const promptAttackCheck: Check = {
  id: 'GR-06',
  family: 'GR',
  severity: 'high',
  title: 'A guardrail blocks prompt attacks at the highest strength',
  why: 'A prompt that overrides the instructions of an application gets through: below HIGH the filter lets attempts of lower confidence pass, and without BLOCK it only counts them.',
  resource: 'guardrail',
  failsWhen:
    'the prompt-attack filter of a version that counts is absent, weaker than HIGH on input, disabled there, or its input action is not BLOCK; versions that count are those in use and the newest numbered one',
  unknownWhen: 'such a version was not read, or an older one fails and its use was not read',
  reads: [READ, ...VERSION_READS],
  references: [
    {
      title: 'Detect prompt attacks with Amazon Bedrock Guardrails',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-prompt-attack.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (guardrails, region) =>
      guardrails.map((guardrail) => judgeGuardrail(context, guardrail, region)),
    ),
}

function judgeGuardrail(context: AuditContext, guardrail: Guardrail, region: string): Judged {
  const {arn, id, name} = guardrail
  const {defects, gaps, evidence, judged} = judgeVersions(context, guardrail, region, judgeFilter)
  return judgeResource(
    {region, resource: {type: 'guardrail', id: arn || id, name}},
    {
      defects,
      gaps,
      fine: `Prompt attacks are blocked at HIGH, in ${judged}`,
      evidence,
      fix: {
        summary:
          'Set the prompt-attack filter to strength HIGH on input with action BLOCK, publish a version, and move callers to it.',
        cli: [
          `aws bedrock get-guardrail --region ${region} --guardrail-identifier ${id}`,
          `aws bedrock update-guardrail --region ${region} --guardrail-identifier ${id} --name <NAME> --blocked-input-messaging <TEXT> --blocked-outputs-messaging <TEXT> --content-policy-config '{"filtersConfig":[{"type":"PROMPT_ATTACK","inputStrength":"HIGH","outputStrength":"NONE","inputAction":"BLOCK","inputEnabled":true}]}'`,
          `aws bedrock create-guardrail-version --region ${region} --guardrail-identifier ${id}`,
        ],
        terraform: `resource "aws_bedrock_guardrail" "this" {
  # …
  content_policy_config {
    filters_config {
      type            = "PROMPT_ATTACK"
      input_strength  = "HIGH"
      output_strength = "NONE"
    }
  }
}`,
      },
    },
  )
}

/** Output is not looked at: the filter works on input only. An absent action is BLOCK, an absent switch is on. */
function judgeFilter({contentFilters}: GuardrailDetail): VersionVerdict {
  const filter = contentFilters.find(({type}) => type.toUpperCase() === 'PROMPT_ATTACK')
  if (filter === undefined) return {defects: ['it has no prompt-attack filter']}
  const defects: string[] = []
  if (filter.inputEnabled === false) defects.push('its prompt-attack filter is disabled on input')
  if (filter.inputStrength.toUpperCase() !== 'HIGH') {
    defects.push(`its prompt-attack filter has input strength ${filter.inputStrength || 'absent'}`)
  }
  if (filter.inputAction !== null && filter.inputAction.toUpperCase() !== 'BLOCK') {
    defects.push(`its prompt-attack filter has input action ${filter.inputAction}`)
  }
  return {defects}
}
