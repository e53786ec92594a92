import {read} from '../../../account/read.js'
import type {ReadItem} from '../../../account/snapshot.schema.js'
import {YES} from '../../../iam/truth.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {judgeAccountRead} from '../../facts/account-read.js'
import {passesExpression} from '../../facts/spend-filter.js'
import {configEvidence, judgeResource, missingOf, regionPlace} from '../../judge-resource.js'

const READ = 'ce:anomaly-monitors'
const SUBSCRIPTIONS = 'ce:anomaly-subscriptions'
type Monitor = ReadItem<typeof READ>
type Subscription = ReadItem<typeof SUBSCRIPTIONS>

export const anomalyMonitorCheck: Check = {
  id: 'COST-02',
  family: 'COST',
  severity: 'medium',
  title: 'Cost anomaly detection watches Bedrock and tells somebody',
  why: 'A budget speaks when the month is nearly spent; an anomaly monitor speaks when a day is not like the others, which is how a stolen key or a loop looks.',
  resource: 'account',
  failsWhen: 'no anomaly monitor that covers Bedrock has a subscription with a confirmed subscriber',
  reads: [READ, SUBSCRIPTIONS],
  references: [
    {
      title: 'Detecting unusual spend with AWS Cost Anomaly Detection',
      url: 'https://docs.aws.amazon.com/cost-management/latest/userguide/manage-ad.html',
    },
  ],
  judge: (context) => judgeAccountRead(context, READ, (monitors) => [judgeMonitors(context, monitors)]),
}

function judgeMonitors(context: AuditContext, monitors: readonly Monitor[]): Judged {
  const covering = monitors.filter((monitor) => covers(monitor, context.snapshot.caller.account))
  const reading = read(context.snapshot, SUBSCRIPTIONS)
  const subscriptions = reading.state === 'read' ? reading.value : []
  const heard = covering.find(({arn}) => subscriptions.some((one) => one.monitorArns.includes(arn) && isHeard(one)))
  const defect =
    covering.length === 0
      ? 'no anomaly monitor covers Bedrock'
      : `nobody is told what ${covering.map(({name}) => name).join(', ')} finds: it has no confirmed subscriber`
  const isOpen = covering.length > 0 && reading.state === 'unread'
  return judgeResource(regionPlace('global'), {
    defects: heard || isOpen ? [] : [defect],
    gaps: isOpen ? [missingOf(reading)] : [],
    fine: `The monitor ${heard?.name} covers Bedrock and tells a subscriber`,
    evidence: [
      ...monitors.map((monitor) => configEvidence(describe(monitor), READ)),
      ...subscriptions.map((one) => configEvidence(`subscription ${one.name}: ${one.subscribers.length} subscribers`)),
    ],
    fix: {
      summary: 'Have one monitor of all services, and a subscription that tells somebody.',
      cli: [
        `aws ce create-anomaly-monitor --anomaly-monitor '{"MonitorName":"services","MonitorType":"DIMENSIONAL","MonitorDimension":"SERVICE"}'`,
        `aws ce create-anomaly-subscription --anomaly-subscription '{"SubscriptionName":"finops","MonitorArnList":["<MONITOR ARN>"],"Frequency":"DAILY","Subscribers":[{"Type":"EMAIL","Address":"<ADDRESS>"}],"ThresholdExpression":{"Dimensions":{"Key":"ANOMALY_TOTAL_IMPACT_ABSOLUTE","MatchOptions":["GREATER_THAN_OR_EQUAL"],"Values":["100"]}}}'`,
      ],
      terraform: `resource "aws_ce_anomaly_monitor" "services" {
  name              = "services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}

resource "aws_ce_anomaly_subscription" "finops" {
  name             = "finops"
  frequency        = "DAILY"
  monitor_arn_list = [aws_ce_anomaly_monitor.services.arn]

  subscriber {
    type    = "EMAIL"
    address = "finops@example.com"
  }

  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = ["100"]
    }
  }
}`,
    },
  })
}

/** A monitor by service or by account takes in all spend; one of one's own, what its expression says. */
function covers({type, dimension, specification}: Monitor, account: string): boolean {
  if (type.toUpperCase() === 'DIMENSIONAL') return dimension === 'SERVICE' || dimension === 'LINKED_ACCOUNT'
  const spend = {SERVICE: 'Amazon Bedrock', LINKED_ACCOUNT: account, RECORD_TYPE: 'Usage', BILLING_ENTITY: 'AWS'}
  return specification !== null && passesExpression(specification, spend) === YES
}

function isHeard({subscribers}: Subscription): boolean {
  return subscribers.some(({status}) => status === null || status.toUpperCase() === 'CONFIRMED')
}

function describe({name, type, dimension, specification}: Monitor): string {
  return `monitor ${name}: ${type} ${dimension ?? specification ?? ''}`.trim()
}
