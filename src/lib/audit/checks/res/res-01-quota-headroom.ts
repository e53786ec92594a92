import {read, regionsOf} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import type {ModelMetrics, ModelUse} from '../../facts/account-use.js'
import {type Peak, peakOf, type QuotaUse, quotaUses, type UnmappedUse} from '../../facts/quota-use.js'
import type {Evidence, Missing} from '../../finding.schema.js'
import {isNowhere, judgeResource, missingOf, regionPlace, unknown} from '../../judge-resource.js'

const USAGE = 'cloudwatch:bedrock-usage'
const QUOTAS = 'service-quotas:bedrock'

export const quotaHeadroomCheck: Check = {
  id: 'RES-01',
  family: 'RES',
  severity: 'high',
  title: 'Peak use leaves room below the quotas',
  why: 'Calls above a quota are throttled. Near it, a little more load, a longer answer or a larger max_tokens is enough, because output counts several times and max_tokens is reserved when a call begins.',
  resource: 'Region × model × quota',
  failsWhen:
    'the busiest minute of the last day is over thresholds.quotaShare of the applied quota, or, as a warning, over thresholds.quotaShareWarning',
  unknownWhen:
    'there are no datapoints, no quota is known for the model as it is called, or several models share a quota and only together could be over it',
  reads: [
    USAGE,
    QUOTAS,
    'service-quotas:bedrock-defaults',
    'bedrock:foundation-models',
    'bedrock:inference-profiles',
    'bedrock:provisioned-throughputs',
    'bedrock:custom-models',
    'bedrock:custom-model-deployments',
    'bedrock:imported-models',
    'bedrock:prompt-routers',
    'cloudtrail:bedrock-events',
  ],
  references: [
    {
      title: 'How tokens are counted in Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html',
    },
    {title: 'Quotas for Amazon Bedrock', url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/quotas.html'},
  ],
  *judge(context) {
    for (const region of regionsOf(context.snapshot, USAGE)) yield* judgeRegion(context, region)
  },
}

function* judgeRegion(context: AuditContext, region: string): Iterable<Judged> {
  const usage = read(context.snapshot, USAGE, region)
  if (usage.state === 'unread') {
    if (!isNowhere(usage)) yield unknown(regionPlace(region), [missingOf(usage)])
    return
  }
  const called = context.use.in(region).models
  // A model that CloudWatch lists without a single datapoint: nobody can say how near its quota it came.
  const silent = usage.value.models.filter(
    ({modelId, invocations}) => invocations === null && !called.some(({id}) => id === modelId),
  )
  const models = [...called, ...silent.map(unseenUse)]
  if (models.length === 0) return
  const quotas = read(context.snapshot, QUOTAS, region)
  if (quotas.state === 'unread') {
    yield unknown(regionPlace(region), [missingOf(quotas)])
    return
  }
  const {uses, unmapped} = quotaUses(context, region, models)
  for (const use of uses) yield judgeQuota(context, use, region)
  for (const one of unmapped) yield judgeUnmapped(one, region)
}

function unseenUse(metrics: ModelMetrics): ModelUse {
  return {id: metrics.modelId, evidence: [], metrics, workloads: []}
}

function judgeUnmapped({use, missing}: UnmappedUse, region: string): Judged {
  return unknown({region, resource: {type: 'model', id: use.id}, aspect: 'no quota'}, missing, use.evidence.slice(0, 2))
}

function judgeQuota({project}: AuditContext, use: QuotaUse, region: string): Judged {
  const {quota, users} = use
  const place = {
    region,
    resource: {type: 'quota', id: quota.code, name: quota.name},
    aspect: quota.modelId ?? quota.model ?? quota.name,
  }
  const called = users.map(({id}) => id).join(', ')
  const peak = peakOf(use)
  if (peak === null || quota.value === null) {
    const what = peak === null ? `no datapoints of ${called} in the last day` : `${quota.name} has no value`
    const action = peak === null ? 'cloudwatch:GetMetricData' : 'servicequotas:ListServiceQuotas'
    return unknown(place, [{action, code: 'NO_DATA', reason: what}])
  }
  const {quotaShare: most, quotaShareWarning: warning} = project.thresholds
  const least = peak.least / quota.value
  const limit = least > most ? most : warning
  const text = wordsOf(use, peak)
  const judged = judgeResource(place, {
    defects: least > limit ? [`${text}, over ${Math.round(limit * 100)} %`] : [],
    gaps: least <= warning && peak.most / quota.value > warning ? [together(called)] : [],
    fine: text,
    evidence: evidenceOf(use, peak, region),
    fix: {
      summary:
        'Ask for a higher quota before it is reached, lower max_tokens to what answers need, cache prompts, or spread calls over more Regions.',
      cli: [
        `aws service-quotas request-service-quota-increase --service-code bedrock --region ${region} --quota-code ${quota.code} --desired-value ${Math.ceil(peak.most / 0.6)}`,
      ],
      terraform: `resource "aws_servicequotas_service_quota" "bedrock" {
  service_code = "bedrock"
  quota_code   = "${quota.code}"
  value        = ${Math.ceil(peak.most / 0.6)}
}`,
    },
  })
  return judged.verdict === 'FAIL' && least <= most ? {...judged, severity: 'medium'} : judged
}

function wordsOf({quota}: QuotaUse, {least}: Peak): string {
  const unit = quota.kind === 'tokens-per-minute' ? 'tokens' : 'requests'
  const share = quota.value === null || quota.value === 0 ? 'all' : `${Math.round((least / quota.value) * 100)} %`
  const limit = `the ${number(quota.value ?? 0)} of "${quota.name}"`
  return `The busiest minute took ${number(least)} ${unit}, ${share} of ${limit}`
}

function evidenceOf({quota, users}: QuotaUse, {least, most}: Peak, region: string): readonly Evidence[] {
  const range = least === most ? number(least) : `between ${number(least)} and ${number(most)}`
  const counted =
    quota.kind === 'tokens-per-minute'
      ? `input, cache writes and output × ${quota.outputFactor ?? 1}, without cache reads; what max_tokens reserves shows in no metric and comes on top`
      : 'served and throttled'
  return [
    {kind: 'observed', text: `${range} in the busiest minute (${counted})`, read: USAGE, region},
    {kind: 'config', text: `${quota.name}: ${number(quota.value ?? 0)}`, read: QUOTAS, region},
    {kind: 'observed', text: `called as ${users.map(({id}) => id).join(', ')}`, read: USAGE, region},
  ]
}

function together(called: string): Missing {
  const reason = `${called} share the quota; their peaks are known one by one, and not whether they fall into the same minute`
  return {action: 'cloudwatch:GetMetricData', code: 'UNDECIDED', reason}
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
