import {readPart} from '../../../account/read.js'
import type {PartValue, ReadItem} from '../../../account/snapshot.schema.js'
import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {judgeAccountRead} from '../../facts/account-read.js'
import {daysSince} from '../../facts/api-key.js'
import {grantedServices} from '../../facts/granted-services.js'
import {isNamedBy} from '../../facts/named-principal.js'
import type {Evidence, Fix, Missing} from '../../finding.schema.js'
import {judgeResource, missingOf, type Place, regionPlace, unknown} from '../../judge-resource.js'
import {principalPlace} from './judge-principals.js'

const READ = 'iam:last-accessed'
const SERVICE_WORDS: Readonly<Record<string, string>> = {
  bedrock: 'Bedrock',
  'bedrock-agentcore': 'AgentCore',
  'bedrock-mantle': 'Mantle',
  'bedrock-websearch': 'web search of Bedrock',
}
type LastAccessed = ReadItem<typeof READ>
type Accesses = PartValue<LastAccessed['services']>

export const unusedPermissionCheck: Check = {
  id: 'IAM-18',
  family: 'IAM',
  severity: 'medium',
  title: 'Whoever may use Bedrock does',
  why: 'A permission nobody uses helps only whoever steals the role; taking it away costs nothing.',
  resource: 'role or user',
  failsWhen:
    'its policies grant Bedrock, and it has not used it for thresholds.unusedPermissionDays (60), or never since it was made that long ago',
  unknownWhen: 'when services were last accessed was not read for it',
  reads: ['iam:authorization-details', READ],
  references: [
    {
      title: 'Refine permissions using last accessed information',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html',
    },
  ],
  judge: (context) => judgeAll(context),
}

function* judgeAll(context: AuditContext): Iterable<Judged> {
  const {principals} = context.policies
  if (principals.state === 'unread') {
    yield unknown(regionPlace('global'), [missingOf(principals)])
    return
  }
  const granted = grantedServices(context)
  yield* judgeAccountRead(context, READ, (list) => [
    ...list.flatMap((one) => {
      const principal = context.policies.find(one.arn)
      if (principal === undefined || principal.serviceLinked) return []
      const services = granted(principal)
      return services.length === 0 ? [] : [judgePrincipal(principal, services, one, context)]
    }),
    ...withoutReport(principals.value, list)
      .filter((principal) => granted(principal).length > 0)
      .map(notReported),
  ])
}

function withoutReport(
  principals: readonly AccountPrincipal[],
  list: readonly LastAccessed[],
): readonly AccountPrincipal[] {
  const reported = new Set(list.map(({arn}) => arn))
  return principals.filter(({arn, serviceLinked}) => !serviceLinked && !reported.has(arn))
}

function notReported(principal: AccountPrincipal): Judged {
  const reason = `when ${principal.name} last used it was not read`
  const missing = [{action: 'iam:GenerateServiceLastAccessedDetails', code: 'NOT_COLLECTED', reason}]
  return unknown(principalPlace(principal), missing)
}

function judgePrincipal(
  principal: AccountPrincipal,
  granted: readonly string[],
  {services}: LastAccessed,
  context: AuditContext,
): Judged {
  const {arn, kind, name} = principal
  const place: Place = {region: 'global', resource: {type: kind, id: arn, name}}
  const reading = readPart(services)
  if (reading.state === 'unread') return unknown(place, [missingOf(reading)])
  const {project, now} = context
  const limit = project.thresholds.unusedPermissionDays
  // Bedrock itself where it is granted; else what of its kind is.
  const counted = granted.includes('bedrock') ? ['bedrock'] : granted
  const last = lastOf(reading.value, counted)
  const idle = daysSince(last ?? principal.createdAt, now)
  const what = counted.map((service) => SERVICE_WORDS[service] ?? service).join(' and ')
  const evidence: readonly Evidence[] = [
    {kind: 'observed', text: `${what}: last accessed ${last ?? 'never, as far as AWS tells (400 days)'}`, read: READ},
    {kind: 'config', text: `created ${principal.createdAt ?? 'unknown'}`, read: 'iam:authorization-details'},
  ]
  const isStale = idle !== null && idle > limit
  if (isStale && isNamedBy(project.principals.breakGlass, principal)) {
    return {
      ...place,
      verdict: 'INFO',
      message: `It has not used ${what} for ${Math.floor(idle)} days, as a break-glass principal should not.`,
      evidence,
    }
  }
  return judgeResource(place, {
    defects: isStale ? [defect(what, last, Math.floor(idle), limit)] : [],
    gaps: idle === null ? [unknownAge(name)] : [],
    fine:
      last === undefined
        ? `It was made ${Math.floor(idle ?? 0)} days ago and has not used ${what} yet`
        : `It used ${what} on ${last.slice(0, 10)}`,
    evidence,
    fix: isStale ? fixOf(principal, what) : undefined,
  })
}

function fixOf({kind, name}: AccountPrincipal, what: string): Fix {
  return {
    summary: `Take the permissions for ${what} from the ${kind}.`,
    cli: [
      `aws iam list-attached-${kind}-policies --${kind}-name ${name}`,
      `aws iam list-${kind}-policies --${kind}-name ${name}`,
      `aws iam detach-${kind}-policy --${kind}-name ${name} --policy-arn <POLICY-ARN>`,
    ],
  }
}

/** The latest access to any of the services; undefined when there was none. */
function lastOf(accesses: Accesses, services: readonly string[]): string | undefined {
  return accesses
    .filter(({namespace}) => services.includes(namespace))
    .flatMap(({lastAccessedAt}) => lastAccessedAt ?? [])
    .sort()
    .at(-1)
}

function defect(what: string, last: string | undefined, idle: number, limit: number): string {
  return last === undefined
    ? `its policies grant ${what}, which it has never used in the ${idle} days since it was made; the limit is ${limit}`
    : `its policies grant ${what}, which it last used ${idle} days ago, on ${last.slice(0, 10)}; the limit is ${limit}`
}

function unknownAge(name: string): Missing {
  const reason = `${name} has not used it, and when it was made was not read`
  return {action: 'iam:GetAccountAuthorizationDetails', code: 'ABSENT', reason}
}
