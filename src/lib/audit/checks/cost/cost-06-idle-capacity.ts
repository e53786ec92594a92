import {read} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import type {ModelMetrics} from '../../facts/account-use.js'
import type {Fix, Missing} from '../../finding.schema.js'
import {inEachRegion, judgeResource, missingOf} from '../../judge-resource.js'

const USAGE = 'cloudwatch:bedrock-usage'
const KINDS = {
  'provisioned-throughput': 'bedrock:provisioned-throughputs',
  'custom-model-deployment': 'bedrock:custom-model-deployments',
  'marketplace-endpoint': 'bedrock:marketplace-endpoints',
} as const
type Kind = keyof typeof KINDS
const DAY_MS = 86_400_000

export const idleCapacityCheck: Check = {
  id: 'COST-06',
  family: 'COST',
  severity: 'high',
  title: 'Capacity that is billed by the hour is used',
  why: 'Provisioned throughput and Marketplace endpoints cost the same whether they are called or not, tens of dollars an hour and unit; so do deployments that were meant for something.',
  resource: 'provisioned throughput, custom model deployment or marketplace endpoint',
  failsWhen: 'it had no invocation for thresholds.idleCapacityDays and is older than that',
  reads: [KINDS['provisioned-throughput'], KINDS['custom-model-deployment'], KINDS['marketplace-endpoint'], USAGE],
  references: [
    {
      title: 'Increase model invocation capacity with Provisioned Throughput',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/prov-throughput.html',
    },
    {
      title: 'Amazon Bedrock Marketplace',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/amazon-bedrock-marketplace.html',
    },
  ],
  judge: (context) => judgeAll(context),
}

interface Capacity {
  readonly kind: Kind
  readonly arn: string
  readonly name: string
  readonly createdAt: string | null
  /** Facts about the bill, for the message. */
  readonly terms: string
  readonly committedUntil: string | null
}

/** What is still being made, or failed, is not billed. */
const UNBILLED = new Set(['CREATING', 'FAILED'])

function* judgeAll(context: AuditContext): Iterable<Judged> {
  yield* inEachRegion(context, KINDS['provisioned-throughput'], (items, region) =>
    items
      .filter(({status}) => !UNBILLED.has(status.toUpperCase()))
      .map(({arn, name, createdAt, modelUnits, commitment, commitmentExpiresAt}) => {
        const units = `${modelUnits ?? 'an unknown number of'} model units`
        const terms = commitment === null ? `${units} without commitment` : `${units}, commitment ${commitment}`
        const committedUntil = commitment === null ? null : commitmentExpiresAt
        return judge(context, {kind: 'provisioned-throughput', arn, name, createdAt, terms, committedUntil}, region)
      }),
  )
  yield* inEachRegion(context, KINDS['custom-model-deployment'], (items, region) =>
    items
      .filter(({status}) => !UNBILLED.has(status.toUpperCase()))
      .map(({arn, name, createdAt}) => {
        const terms = 'a deployment of a custom model'
        return judge(
          context,
          {kind: 'custom-model-deployment', arn, name, createdAt, terms, committedUntil: null},
          region,
        )
      }),
  )
  yield* inEachRegion(context, KINDS['marketplace-endpoint'], (items, region) =>
    items.map(({arn, createdAt}) => {
      const name = arn.slice(arn.lastIndexOf('/') + 1)
      const terms = 'SageMaker instances behind a Marketplace model'
      return judge(context, {kind: 'marketplace-endpoint', arn, name, createdAt, terms, committedUntil: null}, region)
    }),
  )
}

function judge(context: AuditContext, capacity: Capacity, region: string): Judged {
  const {arn, name, kind, terms, committedUntil} = capacity
  const days = context.project.thresholds.idleCapacityDays
  const idle = stateOf(context, capacity, region, days)
  const until = committedUntil === null ? '' : `; the commitment ends on ${committedUntil.slice(0, 10)}`
  const observed = idle.kind === 'unknown' ? [] : [{kind: 'observed', text: idle.text, read: USAGE, region} as const]
  return judgeResource(
    {region, resource: {type: kind, id: arn, name}},
    {
      defects: idle.kind === 'idle' ? [`${idle.text}, while it is billed: ${terms}${until}`] : [],
      gaps: idle.kind === 'unknown' ? idle.missing : [],
      fine: idle.kind === 'unknown' ? '' : idle.text,
      evidence: [{kind: 'config', text: `${terms}${until}`, read: KINDS[kind], region}, ...observed],
      fix: fixOf(capacity, region),
    },
  )
}

function stateOf(context: AuditContext, capacity: Capacity, region: string, days: number): Idle {
  const {createdAt, kind} = capacity
  if (createdAt !== null && daysSince(context, createdAt) < days) {
    return {kind: 'used', text: `it is younger than ${days} days`}
  }
  const idle = idleOf(context, capacity, region, days)
  return idle.kind === 'idle' && createdAt === null ? {kind: 'unknown', missing: [noAge(kind)]} : idle
}

type Idle =
  | {readonly kind: 'idle' | 'used'; readonly text: string}
  | {readonly kind: 'unknown'; readonly missing: readonly Missing[]}

function idleOf(context: AuditContext, capacity: Capacity, region: string, days: number): Idle {
  const usage = read(context.snapshot, USAGE, region)
  if (usage.state === 'unread') return {kind: 'unknown', missing: [missingOf(usage)]}
  const active = usage.value.models.filter(
    (one) => isOf(one, capacity) && ((one.invocations ?? 0) > 0 || one.lastActiveOn !== null),
  )
  const last = active.map(({lastActiveOn}) => lastActiveOn).reduce(later, null)
  if (last !== null) {
    // The day is known, not the hour: it counts to its end.
    const since = daysSince(context, `${last}T00:00:00.000Z`) - 1
    return {kind: since >= days ? 'idle' : 'used', text: `its last invocation was on ${last}`}
  }
  if (active.length > 0) return {kind: 'used', text: 'it was called within the window of the metrics'}
  const {from, to} = usage.value
  const window = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
  // Metrics that reach less far back than was asked leave the days before open.
  if (window > 0 && window < days) return {kind: 'unknown', missing: [shortWindow(window, days)]}
  return {kind: 'idle', text: `it had no invocation in ${window > 0 ? window : days} days`}
}

/** Metrics carry what was called: an ARN, or the id or name at its end. */
function isOf({modelId}: ModelMetrics, {arn, name}: Capacity): boolean {
  return modelId === arn || modelId === arn.slice(arn.lastIndexOf('/') + 1) || (name !== '' && modelId === name)
}

function later(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one
}

function daysSince({now}: AuditContext, moment: string): number {
  return (now.getTime() - Date.parse(moment)) / DAY_MS
}

function noAge(kind: Kind): Missing {
  return {action: KINDS[kind], code: 'ABSENT', reason: 'the answer names no time of creation'}
}

function shortWindow(window: number, days: number): Missing {
  const reason = `metrics of ${window} days do not show ${days} days`
  return {action: 'cloudwatch:GetMetricData', code: 'SHORT_WINDOW', reason}
}

function fixOf({kind, arn, name, committedUntil}: Capacity, region: string): Fix {
  switch (kind) {
    case 'provisioned-throughput':
      return {
        summary:
          committedUntil === null
            ? 'Delete the provisioned throughput, or move callers to it.'
            : `It cannot be deleted before its commitment ends on ${committedUntil.slice(0, 10)}: move callers to it, and delete it that day before it renews.`,
        cli: [`aws bedrock delete-provisioned-model-throughput --region ${region} --provisioned-model-id ${arn}`],
      }
    case 'custom-model-deployment':
      return {
        summary: 'Delete the deployment; the custom model stays and can be deployed again.',
        cli: [
          `aws bedrock delete-custom-model-deployment --region ${region} --custom-model-deployment-identifier ${arn}`,
        ],
      }
    case 'marketplace-endpoint':
      return {
        summary: `Delete the endpoint ${name}; that ends the billing of its instances.`,
        cli: [`aws bedrock delete-marketplace-model-endpoint --region ${region} --endpoint-arn ${arn}`],
      }
  }
}
