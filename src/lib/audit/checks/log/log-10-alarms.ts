import {read} from '../../../account/read.js'
import type {ReadItem} from '../../../account/snapshot.schema.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import type {RegionUse} from '../../facts/account-use.js'
import type {Evidence} from '../../finding.schema.js'
import {configEvidence, isNowhere, judgeResource, missingOf, regionPlace, unknown} from '../../judge-resource.js'

const READ = 'cloudwatch:alarms'
type Alarm = ReadItem<typeof READ>
type Metric = Alarm['metrics'][number]

export const alarmCheck: Check = {
  id: 'LOG-10',
  family: 'LOG',
  severity: 'medium',
  title: 'Alarms tell of throttles, errors and interventions where Bedrock is used',
  why: 'A model that throttles, or a guardrail that suddenly steps in, is noticed by users first when no alarm watches. Mantle counts in a namespace of its own.',
  resource: 'Region × namespace',
  failsWhen:
    'a namespace that is used has no alarm with enabled actions on throttles, errors or interventions of what is called',
  unknownWhen: 'it cannot be told whether the Region is used',
  reads: [READ, 'cloudwatch:bedrock-usage', 'cloudtrail:bedrock-events'],
  references: [
    {
      title: 'Monitoring the performance of Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring.html',
    },
  ],
  judge: (context) => judgeAll(context),
}

const NAMESPACES = ['AWS/Bedrock', 'AWS/BedrockMantle'] as const
type Namespace = (typeof NAMESPACES)[number]

/** Namespace of the metric → metrics that tell of trouble (monitoring-runtime-metrics, -mantle-metrics, 2026-10-01). */
const TROUBLE: Readonly<Record<Namespace, Readonly<Record<string, readonly string[]>>>> = {
  'AWS/Bedrock': {
    'AWS/Bedrock': ['InvocationThrottles', 'InvocationClientErrors', 'InvocationServerErrors'],
    'AWS/Bedrock/Guardrails': [
      'InvocationsIntervened',
      'InvocationThrottles',
      'InvocationClientErrors',
      'InvocationServerErrors',
    ],
  },
  'AWS/BedrockMantle': {'AWS/BedrockMantle': ['InferenceClientErrors']},
}

function* judgeAll(context: AuditContext): Iterable<Judged> {
  for (const {name: region} of context.snapshot.regions) {
    const use = context.use.in(region)
    const uses = NAMESPACES.map((namespace) => ({namespace, used: isUsed(context, use, namespace)}))
    for (const {namespace, used} of uses) {
      const judged = judgeIn(context, use, namespace, used)
      if (judged !== undefined) yield judged
    }
    if (use.used === 'no' && uses.every(({used}) => used === 'no')) {
      yield {...regionPlace(region), verdict: 'INFO', message: 'No use of Bedrock is seen or declared here.'}
    }
  }
}

/** Undefined where the namespace is not used. */
function judgeIn(
  {snapshot}: AuditContext,
  use: RegionUse,
  namespace: Namespace,
  used: RegionUse['used'],
): Judged | undefined {
  const alarms = read(snapshot, READ, use.region)
  if (used === 'no' || (alarms.state === 'unread' && isNowhere(alarms))) return undefined
  const place = regionPlace(use.region, namespace)
  if (alarms.state === 'unread') return unknown(place, [missingOf(alarms)])
  const judged = judgeNamespace(use, namespace, alarms.value)
  return used === 'unknown' && judged.verdict === 'FAIL' ? unknown(place, use.missing) : judged
}

/** Use that is not known asks for alarms on the runtime only: few use Mantle. */
function isUsed(
  {snapshot}: AuditContext,
  {region, used, services, models}: RegionUse,
  namespace: Namespace,
): RegionUse['used'] {
  if (namespace === 'AWS/BedrockMantle') return services.has('bedrock-mantle') ? 'yes' : 'no'
  // Guardrails can be asked without any model.
  const usage = read(snapshot, 'cloudwatch:bedrock-usage', region)
  if (usage.state === 'read' && usage.value.guardrails.some(({invocations}) => (invocations ?? 0) > 0)) return 'yes'
  if (used !== 'yes') return used
  return models.length > 0 || services.has('bedrock-runtime') ? 'yes' : 'no'
}

function judgeNamespace(use: RegionUse, namespace: Namespace, alarms: readonly Alarm[]): Judged {
  const watching = alarms.filter(({metrics}) => metrics.some((metric) => tellsTrouble(metric, namespace)))
  const heard = watching.filter(({actionsEnabled, actions}) => actionsEnabled && actions.length > 0)
  const called = callsOf(use, namespace)
  const good = heard.filter(({metrics}) =>
    metrics.some((metric) => tellsTrouble(metric, namespace) && isOfUse(metric, called)),
  )
  const names = new Set(good.flatMap(({metrics}) => metrics.map(({name}) => name)))
  return judgeResource(regionPlace(use.region, namespace), {
    defects: good.length > 0 ? [] : [defectOf(namespace, watching, heard)],
    fine: `${good.length === 1 ? 'One alarm watches' : `${good.length} alarms watch`} ${[...names].sort().join(', ')}`,
    evidence: [...watching.map((alarm) => describe(alarm, use.region)), ...use.evidence.slice(0, 2)],
    fix: fixOf(namespace, use.region),
  })
}

function tellsTrouble({namespace, name}: Metric, wanted: Namespace): boolean {
  return TROUBLE[wanted][namespace]?.includes(name) ?? false
}

/** Ids whose metrics count; empty where none are known. */
function callsOf({models}: RegionUse, namespace: Namespace): ReadonlySet<string> {
  if (namespace === 'AWS/BedrockMantle') return new Set()
  return new Set(models.map(({id}) => shortOf(id)))
}

/** An alarm on a model that nobody calls watches nothing. Other dimensions, or none, take all in. */
function isOfUse({dimensions}: Metric, called: ReadonlySet<string>): boolean {
  const model = dimensions['ModelId']
  return model === undefined || called.size === 0 || called.has(shortOf(model))
}

/** Metrics carry an id where a call named the ARN, and the other way round. */
function shortOf(id: string): string {
  return id.startsWith('arn:') ? id.slice(id.indexOf('/') + 1) : id
}

function defectOf(namespace: Namespace, watching: readonly Alarm[], heard: readonly Alarm[]): string {
  const what = namespace === 'AWS/Bedrock' ? 'throttles, errors or interventions' : 'errors'
  if (watching.length === 0) return `no alarm watches ${what} in ${namespace}, which is used`
  const names = watching.map(({name}) => name).join(', ')
  if (heard.length === 0) return `the alarms on ${namespace} tell nobody: ${names} has no enabled action`
  return `the alarms on ${namespace} watch models that nobody calls here: ${names}`
}

function describe({name, metrics, actionsEnabled, actions}: Alarm, region: string): Evidence {
  const watched = metrics.map((metric) => `${metric.namespace} ${metric.name}`).join(', ')
  const heard = actionsEnabled && actions.length > 0 ? 'with an action' : 'without an enabled action'
  return configEvidence(`alarm ${name}: ${watched}, ${heard}`, READ, region)
}

function fixOf(namespace: Namespace, region: string) {
  const runtime = namespace === 'AWS/Bedrock'
  const metric = runtime ? 'InvocationThrottles' : 'InferenceClientErrors'
  const dimensions = runtime ? ' --dimensions Name=ModelId,Value=<MODEL>' : ''
  return {
    summary: `Create an alarm on ${metric} of what is called, with an action that reaches somebody.`,
    cli: [
      `aws cloudwatch put-metric-alarm --region ${region} --alarm-name bedrock-${metric} --namespace ${namespace} --metric-name ${metric}${dimensions} --statistic Sum --period 300 --evaluation-periods 3 --threshold 5 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching --alarm-actions <SNS TOPIC ARN>`,
    ],
    terraform: `resource "aws_cloudwatch_metric_alarm" "bedrock" {
  alarm_name          = "bedrock-${metric}"
  namespace           = "${namespace}"
  metric_name         = "${metric}"${runtime ? '\n  dimensions          = { ModelId = "<MODEL>" }' : ''}
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}`,
  }
}
