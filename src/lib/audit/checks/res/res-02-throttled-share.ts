import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import type {ModelMetrics} from '../../facts/account-use.js'
import {inEachRegion, judgeResource} from '../../judge-resource.js'

const READ = 'cloudwatch:bedrock-usage'
/** Of fewer requests than these a handful says little: the finding stands, and weighs less. */
const FEW_REQUESTS = 100

export const throttledShareCheck: Check = {
  id: 'RES-02',
  family: 'RES',
  severity: 'medium',
  title: 'Few requests are throttled',
  why: 'Throttled requests fail, or come again and wait: users see errors and delays while the quota is too small for the load, or the load comes in bursts.',
  resource: 'Region × model',
  failsWhen:
    'the throttled share of all requests in 30 days is over thresholds.throttledShare, or, as a warning, over thresholds.throttledShareWarning',
  reads: [READ],
  references: [
    {
      title: 'Monitor the performance of Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring.html',
    },
    {title: 'Quotas for Amazon Bedrock', url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/quotas.html'},
  ],
  judge: (context) =>
    inEachRegion(context, READ, ({models}, region) => models.flatMap((model) => judgeModel(context, model, region))),
}

function judgeModel({project}: AuditContext, model: ModelMetrics, region: string): readonly Judged[] {
  // Throttled requests are in neither Invocations nor the errors; no datapoint means none.
  const throttled = model.throttles ?? 0
  const served = model.invocations ?? 0
  const requests = served + throttled
  if (requests === 0) return []
  const share = throttled / requests
  const {throttledShare: most, throttledShareWarning: warning} = project.thresholds
  const isOver = share > most
  const numbers = `${throttled} of ${requests} requests throttled in 30 days (${percent(share)})`
  const judged = judgeResource(
    {region, resource: {type: 'model', id: model.modelId}},
    {
      defects: share > warning || isOver ? [`${numbers}, over ${percent(isOver ? most : warning)}`] : [],
      fine: numbers,
      evidence: [{kind: 'observed', text: numbers, read: READ, region}],
      fix: {
        summary:
          'Ask for a higher quota, call through a profile that spreads the load over Regions, lower max_tokens, and retry with backoff.',
        cli: [
          `aws service-quotas list-service-quotas --service-code bedrock --region ${region} --query "Quotas[?contains(QuotaName, 'per minute')]"`,
          `aws service-quotas request-service-quota-increase --service-code bedrock --region ${region} --quota-code <CODE> --desired-value <VALUE>`,
        ],
      },
    },
  )
  if (judged.verdict !== 'FAIL' || (isOver && requests >= FEW_REQUESTS)) return [judged]
  return [{...judged, severity: 'low'}]
}

function percent(share: number): string {
  const value = share * 100
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} %`
}
