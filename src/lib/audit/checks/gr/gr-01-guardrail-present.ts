import {readPart} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import type {Guardrail} from '../../facts/guardrail-reference.js'
import type {Missing} from '../../finding.schema.js'
import {configEvidence, inEachRegion, judgeResource, missingOf, regionPlace, unknown} from '../../judge-resource.js'

const READ = 'bedrock:guardrails'
/** A guardrail that is being changed still serves the versions it has. */
const SERVING = ['READY', 'UPDATING', 'VERSIONING']

export const guardrailPresentCheck: Check = {
  id: 'GR-01',
  family: 'GR',
  severity: 'medium',
  title: 'Where models are called, a guardrail is ready with a numbered version',
  why: 'Callers can name only a guardrail of the Region they call. Without a numbered version there is nothing they can rely on: a draft changes under them.',
  resource: 'region',
  failsWhen: 'models are called in the Region, and no READY guardrail there has a numbered version that is READY',
  unknownWhen: 'the guardrails, their versions or the use of the Region were not read',
  reads: [READ, 'cloudwatch:bedrock-usage', 'cloudtrail:bedrock-events'],
  references: [
    {
      title: 'Create your guardrail',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-create.html',
    },
    {
      title: 'Deploy your guardrail',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-deploy.html',
    },
  ],
  judge: (context) => inEachRegion(context, READ, (guardrails, region) => [judgeRegion(context, guardrails, region)]),
}

function judgeRegion({use}: AuditContext, guardrails: readonly Guardrail[], region: string): Judged {
  const place = regionPlace(region)
  const {serving, gaps, seen} = servingVersions(guardrails)
  const evidence = seen.map((text) => configEvidence(text, READ, region))
  if (serving !== undefined) return judgeResource(place, {defects: [], fine: serving, evidence})
  const {used, missing, evidence: calls} = use.in(region)
  if (used === 'no') {
    const message = 'No guardrail is ready with a numbered version, and no model is called here.'
    return {...place, verdict: 'INFO', message, evidence}
  }
  if (used === 'unknown') return unknown(place, [...missing, ...gaps], evidence)
  return judgeResource(place, {
    defects: gaps.length > 0 ? [] : [defectOf(guardrails)],
    gaps,
    fine: '',
    evidence: [...calls.slice(0, 3), ...evidence],
    fix: {
      summary: 'Create a guardrail, publish a version of it, and name that version in every call.',
      cli: [
        `aws bedrock create-guardrail --region ${region} --name <NAME> --blocked-input-messaging <TEXT> --blocked-outputs-messaging <TEXT> --content-policy-config '{"filtersConfig":[{"type":"PROMPT_ATTACK","inputStrength":"HIGH","outputStrength":"NONE"}]}'`,
        `aws bedrock create-guardrail-version --region ${region} --guardrail-identifier <ID>`,
      ],
      terraform: `resource "aws_bedrock_guardrail_version" "this" {
  guardrail_arn = aws_bedrock_guardrail.this.guardrail_arn
}`,
    },
  })
}

function defectOf(guardrails: readonly Guardrail[]): string {
  return guardrails.length === 0
    ? 'Models are called here, and the Region has no guardrail'
    : 'Models are called here, and no guardrail is ready with a numbered version'
}

interface Serving {
  /** The first guardrail that callers can name, in words. */
  readonly serving: string | undefined
  readonly gaps: readonly Missing[]
  readonly seen: readonly string[]
}

function servingVersions(guardrails: readonly Guardrail[]): Serving {
  const gaps: Missing[] = []
  const seen: string[] = []
  for (const {id, name, status, versions} of guardrails) {
    const reading = readPart(versions)
    const usable = SERVING.includes(status.toUpperCase())
    if (reading.state === 'unread') {
      if (usable) gaps.push(missingOf(reading))
      continue
    }
    const ready = reading.value.find((one) => one.status.toUpperCase() === 'READY')
    if (usable && ready !== undefined) {
      return {serving: `Guardrail ${name || id} is ready with version ${ready.version}`, gaps: [], seen: []}
    }
    const numbered = reading.value.map(({version, status: its}) => `${version} (${its})`)
    seen.push(`guardrail ${name || id} is ${status}, versions: ${numbered.join(', ') || 'none but the draft'}`)
  }
  return {serving: undefined, gaps, seen}
}
