import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type EventRecorder, eventRecorders} from '../../facts/event-recorders.js'
import type {RecordedEvent} from '../../facts/event-selectors.js'
import {configEvidence, judgeResource, regionPlace} from '../../judge-resource.js'

export const managementTrailCheck: Check = {
  id: 'LOG-07',
  family: 'LOG',
  severity: 'high',
  title: 'A trail of all Regions records every management event of Bedrock, reads included',
  why: 'InvokeModel and Converse are management events and mostly marked readOnly. A trail that records writes only, one Region only, or nothing at all loses who called which model.',
  resource: 'account',
  failsWhen:
    'no active multi-Region trail or event data store records the management events of Bedrock, read-only ones included',
  reads: ['cloudtrail:trails', 'cloudtrail:event-data-stores'],
  references: [
    {
      title: 'Monitor Amazon Bedrock API calls using CloudTrail',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
    },
    {
      title: 'Logging management events',
      url: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html',
    },
  ],
  judge: (context) => [judgeAccount(context)],
}

const NAMES = [
  'InvokeModel',
  'InvokeModelWithResponseStream',
  'Converse',
  'ConverseStream',
  'ListFoundationModels',
  'PutModelInvocationLoggingConfiguration',
  'DeleteGuardrail',
]

function eventsThat(readOnly: boolean): readonly RecordedEvent[] {
  return NAMES.map((name) => ({category: 'Management', source: 'bedrock.amazonaws.com', name, readOnly}))
}
const READS = eventsThat(true)
const WRITES = eventsThat(false)

function judgeAccount(context: AuditContext): Judged {
  const {all, missing} = eventRecorders(context)
  const shortfalls = all.map((recorder) => ({recorder, reason: shortfallOf(recorder)}))
  const good = shortfalls.find(({reason}) => reason === null)?.recorder
  const shared = all.filter(({multiRegion, idle, selects}) => multiRegion && idle === null && selects !== undefined)
  const isCovered =
    good !== undefined || [...READS, ...WRITES].every((event) => shared.some((one) => one.selects?.(event)))
  const open = shortfalls.filter(({reason}) => reason === undefined)
  const gaps = isCovered ? [] : [...missing, ...open.flatMap(({recorder}) => recorder.missing)]
  const defects = isCovered || gaps.length > 0 ? [] : [defectOf(shortfalls)]
  return judgeResource(regionPlace('global'), {
    defects,
    gaps,
    fine: good
      ? `The ${good.kind} ${good.name} records them in all Regions`
      : `${shared.map(({name}) => name).join(' and ')} together record them in all Regions`,
    evidence: shortfalls.map(({recorder, reason}) => {
      const says = reason === null ? 'records them all' : (reason ?? 'was not read to its end')
      const read = recorder.kind === 'trail' ? 'cloudtrail:trails' : 'cloudtrail:event-data-stores'
      return configEvidence(`${recorder.kind} ${recorder.name}: ${says}`, read, recorder.homeRegion)
    }),
    fix: {
      summary: 'Have one trail of all Regions record all management events, to a bucket that it can write to.',
      cli: [
        'aws cloudtrail create-trail --name <TRAIL> --s3-bucket-name <BUCKET> --is-multi-region-trail --enable-log-file-validation',
        `aws cloudtrail put-event-selectors --trail-name <TRAIL> --advanced-event-selectors '[{"Name":"Management","FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]}]'`,
        'aws cloudtrail start-logging --name <TRAIL>',
      ],
      terraform: `resource "aws_cloudtrail" "this" {
  name                       = "account"
  s3_bucket_name             = aws_s3_bucket.trail.id
  is_multi_region_trail      = true
  enable_log_file_validation = true

  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }
}`,
    },
  })
}

function defectOf(
  shortfalls: readonly {readonly recorder: EventRecorder; readonly reason: string | null | undefined}[],
) {
  if (shortfalls.length === 0) return 'there is no trail and no event data store'
  const [first, second, ...others] = shortfalls.map(({recorder, reason}) => `${recorder.name}: ${reason}`)
  const more = others.length > 0 ? `; and ${others.length} more` : ''
  return `nothing records them all (${[first, second].filter((one) => one !== undefined).join('; ')}${more})`
}

/** Why it does not record what is asked for; null: it does; undefined: that is not known. */
function shortfallOf({idle, multiRegion, homeRegion, selects}: EventRecorder): string | null | undefined {
  const reasons = [
    ...(multiRegion ? [] : [`covers ${homeRegion || 'one Region'} only`]),
    ...(idle ? [idle] : []),
    ...(selects ? leftOut(selects) : []),
  ]
  if (reasons.length > 0) return reasons.join(', ')
  return selects === undefined || idle === undefined ? undefined : null
}

function leftOut(selects: NonNullable<EventRecorder['selects']>): readonly string[] {
  const [reads, writes] = [READS.filter(selects).length, WRITES.filter(selects).length]
  if (reads === 0 && writes === 0) return ['selects no management events of Bedrock']
  if (reads === 0) return ['selects writes only, and calls of models are reads']
  if (writes === 0) return ['selects reads only']
  return reads < READS.length || writes < WRITES.length ? ['selects some events of Bedrock only'] : []
}
