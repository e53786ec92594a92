import type {Duty} from '../../../config/project.schema.js'
import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check} from '../../check.js'
import {type HeldDuty, heldDuty} from '../../facts/duties.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import type {Evidence, Fix, Missing} from '../../finding.schema.js'
import {unknown} from '../../judge-resource.js'
import {exemption} from './break-glass.js'
import {judgePrincipals, oncePerLead, type PrincipalJudgement, principalPlace} from './judge-principals.js'

export const dutiesCheck: Check = {
  id: 'IAM-19',
  family: 'IAM',
  severity: 'high',
  title: 'Nobody holds two duties that exclude each other',
  why: 'Who both does something and controls the record or the guard of it can do it unseen: duties are kept apart so that it takes two people.',
  resource: 'principal',
  failsWhen:
    'in simulation it holds two of the duties that bedrockctl.yaml (duties) keeps apart: invoking, administering models, guardrails, logging or keys, reading logs',
  reads: ['iam:authorization-details', 'bedrock:invocation-logging', 's3:buckets'],
  references: [
    {
      title: 'SEC03-BP02 Grant least privilege access',
      url: 'https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_least_privileges.html',
    },
  ],
  *judge(context) {
    const access = effectiveAccess(context, 'if-read')
    const dutiesOf = oncePerLead((lead) => combinations(lead, context, access))
    yield* judgePrincipals(access, (lead, member) => {
      const found = dutiesOf(lead)
      return found.holdsAny ? [judgeCombinations(found, member, context)] : []
    })
  },
}

interface Combinations {
  readonly holdsAny: boolean
  readonly definite: readonly (readonly [Duty, Duty])[]
  readonly proofs: ReadonlyMap<Duty, HeldDuty>
  readonly missing: readonly Missing[]
}

/** Two of a set are already too many; logs are asked about last, because that is dearest. */
function pairsOf(duties: AuditContext['project']['duties']): readonly (readonly [Duty, Duty])[] {
  const pairs = duties.flatMap((set) =>
    set.flatMap((one, index) => set.slice(index + 1).map((other) => [one, other] as const)),
  )
  return pairs.map(([one, other]) => (one === 'read-logs' ? [other, one] : [one, other]))
}

function combinations(lead: AccountPrincipal, context: AuditContext, access: EffectiveAccess): Combinations {
  const proofs = new Map<Duty, HeldDuty>()
  const held = (duty: Duty): HeldDuty => {
    const found = proofs.get(duty) ?? heldDuty(context, access, lead, duty)
    proofs.set(duty, found)
    return found
  }
  const definite: (readonly [Duty, Duty])[] = []
  const missing: Missing[] = []
  for (const [one, other] of pairsOf(context.project.duties)) {
    const first = held(one)
    if (first.outcome === 'DENY' && other === 'read-logs') continue
    const second = held(other)
    if (first.outcome === 'DENY' || second.outcome === 'DENY') continue
    if (first.outcome === 'ALLOW' && second.outcome === 'ALLOW') definite.push([one, other])
    else missing.push(...first.missing, ...second.missing)
  }
  const holdsAny = [...proofs.values()].some(({outcome}) => outcome !== 'DENY')
  return {holdsAny, definite, proofs, missing}
}

function judgeCombinations(
  {definite, proofs, missing}: Combinations,
  principal: AccountPrincipal,
  context: AuditContext,
): PrincipalJudgement {
  const involved = definite.length > 0 ? [...new Set(definite.flat())] : [...proofs.keys()]
  const evidence = involved.flatMap((duty): readonly Evidence[] => {
    const proof = proofs.get(duty)
    if (proof?.outcome !== 'ALLOW') return []
    return [{kind: 'simulated', text: `${words(duty)}: ${proof.proof}`, read: 'iam:authorization-details'}]
  })
  if (definite.length > 0) {
    const pairs = definite.map(([one, other]) => `${words(one)} and ${words(other)}`).join('; ')
    const message = `It holds duties that exclude each other: ${pairs}.`
    const fix = fixOf(principal, definite)
    return exemption(principal, context) ?? {verdict: 'FAIL', message, evidence, fix}
  }
  if (missing.length > 0) {
    const {verdict, message} = unknown(principalPlace(principal), missing)
    return {verdict, message, missing, evidence}
  }
  return {verdict: 'PASS', message: 'The duties it holds do not exclude each other.', evidence}
}

function words(duty: Duty): string {
  return duty.replaceAll('-', ' ')
}

function fixOf({kind, name}: AccountPrincipal, [pair]: readonly (readonly [Duty, Duty])[]): Fix {
  const [one = 'one duty', other = 'the other'] = (pair ?? []).map(words)
  return {
    summary: `Give "${one}" and "${other}" to two principals, or declare in bedrockctl.yaml (duties) that they go together.`,
    cli: [
      `aws iam list-attached-${kind}-policies --${kind}-name ${name}`,
      `aws iam detach-${kind}-policy --${kind}-name ${name} --policy-arn <POLICY-ARN>`,
    ],
  }
}
