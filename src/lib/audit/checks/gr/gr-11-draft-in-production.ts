import {read} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {draftBoundPrincipals} from '../../facts/draft-bound-principals.js'
import {effectiveAccess} from '../../facts/effective-access.js'
import {type GuardrailBinding, guardrailBindings} from '../../facts/guardrail-bindings.js'
import {isNamedBy} from '../../facts/named-principal.js'
import type {Missing} from '../../finding.schema.js'
import {judgeResource, regionPlace, unknown} from '../../judge-resource.js'
import {VERSION_READS} from './version-reads.js'

export const draftInProductionCheck: Check = {
  id: 'GR-11',
  family: 'GR',
  severity: 'medium',
  title: 'Production callers are bound to a numbered version of their guardrail',
  why: 'The draft changes with every edit: what production lets pass changes with it, untested and without a way back.',
  resource: 'caller of a guardrail',
  failsWhen:
    'a production workload, a version that an alias of an agent or flow routes to, or an enforced configuration names the draft of a guardrail, or policies admit a caller with the draft only',
  unknownWhen: 'an agent, a flow or a configuration was not read, or a declared guardrail names no version',
  reads: [...VERSION_READS, 'iam:authorization-details'],
  references: [
    {
      title: 'Deploy your guardrail',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-deploy.html',
    },
  ],
  judge: judgeBindings,
}

function* judgeBindings(context: AuditContext): Iterable<Judged> {
  const {bindings, gaps} = guardrailBindings(context)
  for (const binding of bindings) if (binding.production) yield judgeBinding(binding)
  const byRegion = new Map<string, Missing[]>()
  for (const {region, missing, production} of gaps) {
    if (production) byRegion.set(region, [...(byRegion.get(region) ?? []), missing])
  }
  for (const [region, missing] of byRegion) yield unknown(regionPlace(region, 'callers'), missing)
  yield* boundByPolicy(context)
  yield* observedDrafts(context)
}

function judgeBinding({guardrail, holder, region, label, evidence}: GuardrailBinding): Judged {
  const {id, version} = guardrail
  const untold: Missing = {
    action: 'bedrock:ApplyGuardrail',
    code: 'NOT_DECLARED',
    reason: `${label} names guardrail ${id} without a version`,
  }
  return judgeResource(
    {region, resource: holder, aspect: `${label}: ${id}`},
    {
      defects: version === 'DRAFT' ? [`${label} is bound to the draft of guardrail ${id}`] : [],
      gaps: version === null ? [untold] : [],
      fine: `${label} is bound to version ${version} of guardrail ${id}`,
      evidence: [evidence],
      fix: {
        summary: 'Publish a version of the guardrail, and let the caller name its number.',
        cli: [
          `aws bedrock create-guardrail-version --region ${guardrail.region} --guardrail-identifier ${id}`,
          ...commandsFor(holder.type, holder.id, id, region),
        ],
      },
    },
  )
}

function commandsFor(type: string, holder: string, guardrail: string, region: string): readonly string[] {
  const own = holder.slice(holder.lastIndexOf('/') + 1)
  if (type === 'agent') {
    return [
      `aws bedrock-agent update-agent --region ${region} --agent-id ${own} --agent-name <NAME> --agent-resource-role-arn <ROLE> --foundation-model <MODEL> --guardrail-configuration guardrailIdentifier=${guardrail},guardrailVersion=<VERSION>`,
      `aws bedrock-agent prepare-agent --region ${region} --agent-id ${own}`,
    ]
  }
  if (type !== 'enforced-guardrail') return []
  return [
    `aws bedrock put-enforced-guardrail-configuration --region ${region} --config-id ${own} --guardrail-inference-config '{"guardrailIdentifier":"${guardrail}","guardrailVersion":"<VERSION>"}'`,
  ]
}

/** Whoever no declared workload names, or one that is production. Where IAM was not read, policies bind nobody. */
function* boundByPolicy(context: AuditContext): Iterable<Judged> {
  const {workloads} = context.project
  for (const {principal, guardrail} of draftBoundPrincipals(context, effectiveAccess(context, 'if-read'))) {
    const {arn, kind, name} = principal
    const own = workloads.filter((one) => one.principal !== undefined && isNamedBy([one.principal], principal))
    if (own.length > 0 && own.every(({production}) => !production)) continue
    yield judgeResource(
      {region: guardrail.region, resource: {type: kind, id: arn, name}, aspect: guardrail.id},
      {
        defects: [`Its policies let it call models with the draft of guardrail ${guardrail.id} only`],
        fine: '',
        evidence: [
          {
            kind: 'simulated',
            text: 'bedrock:GuardrailIdentifier without a version is allowed, with a version or absent it is denied',
            read: 'iam:authorization-details',
          },
        ],
        fix: {
          summary: 'Publish a version of the guardrail, and demand its ARN with that number in the condition.',
          cli: [
            `aws bedrock create-guardrail-version --region ${guardrail.region} --guardrail-identifier ${guardrail.id}`,
            `aws iam put-${kind}-policy --${kind}-name ${name} --policy-name <POLICY> --policy-document file://policy.json`,
          ],
        },
      },
    )
  }
}

/** Metrics show that a draft is called, and not by whom. */
function* observedDrafts({snapshot}: AuditContext): Iterable<Judged> {
  for (const {name: region} of snapshot.regions) {
    const usage = read(snapshot, 'cloudwatch:bedrock-usage', region)
    if (usage.state === 'unread') continue
    for (const {arn, version, invocations} of usage.value.guardrails) {
      if (version !== 'DRAFT' || (invocations ?? 0) === 0) continue
      yield {
        region,
        resource: {type: 'guardrail', id: arn},
        aspect: 'draft called',
        verdict: 'INFO',
        message: `The draft was evaluated ${invocations} times in 30 days; CloudWatch does not say by whom.`,
        evidence: [
          {kind: 'observed', text: `${invocations} evaluations of the draft`, read: 'cloudwatch:bedrock-usage', region},
        ],
      }
    }
  }
}
