import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type DataUse, dataUses} from '../../facts/data-event-use.js'
import {type EventRecorder, eventRecorders, reaches} from '../../facts/event-recorders.js'
import type {Missing} from '../../finding.schema.js'
import {judgeResource, type Place, regionPlace} from '../../judge-resource.js'

export const dataEventCheck: Check = {
  id: 'LOG-08',
  family: 'LOG',
  severity: 'medium',
  title: 'Data events are recorded for what Bedrock resources are used for',
  why: 'Calls of agents, knowledge bases, flows, prompts, guardrails and Mantle are data events: no trail records them, and the event history never shows them, unless an advanced selector names their type.',
  resource: 'Region × resource type',
  failsWhen:
    'resources of a type are in use in a Region and no active trail or event data store selects its data events',
  unknownWhen: 'it cannot be told whether resources of a type are in use',
  reads: [
    'cloudtrail:trails',
    'cloudtrail:event-data-stores',
    'bedrock-agent:agents',
    'bedrock-agent:knowledge-bases',
    'bedrock-agent:flows',
    'bedrock-agent:prompts',
    'bedrock:guardrails',
    'bedrock:enforced-guardrails',
    'cloudwatch:bedrock-usage',
    'cloudtrail:bedrock-events',
  ],
  references: [
    {
      title: 'Monitor Amazon Bedrock API calls using CloudTrail',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
    },
    {
      title: 'Logging data events',
      url: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html',
    },
  ],
  judge: (context) => judgeAll(context),
}

function* judgeAll(context: AuditContext): Iterable<Judged> {
  for (const {name: region} of context.snapshot.regions) {
    for (const use of dataUses(context, region)) {
      const judged = judgeUse(context, use, regionPlace(region, use.type))
      if (judged !== undefined) yield judged
    }
  }
}

function judgeUse(context: AuditContext, use: DataUse, place: Place): Judged | undefined {
  const recorders = eventRecorders(context)
  const inReach = recorders.all.filter((one) => typeof one.idle !== 'string' && reaches(one, place.region))
  const selecting = inReach.filter(({selects}) => selects === undefined || use.events.some(selects))
  const active = selecting.filter(({idle, selects}) => idle === null && selects !== undefined)
  // Recorders may share the work: one for some resources or calls, one for the others.
  const isRecorded = use.events.every((event) => active.some(({selects}) => selects?.(event)))
  const isUsed = use.evidence.length > 0
  if (!isUsed && (isRecorded || use.missing.length === 0)) return undefined
  const open: readonly Missing[] = isRecorded
    ? []
    : [...recorders.missingIn(place.region), ...selecting.flatMap((recorder) => recorder.missing)]
  const gaps = isUsed ? open : [...use.missing, ...open]
  return judgeResource(place, {
    defects: isUsed && !isRecorded && open.length === 0 ? [defectOf(use.type, active)] : [],
    gaps,
    fine: `Data events of ${use.type} are recorded by ${named(active)}`,
    evidence: use.evidence,
    fix: {
      summary: `Add an advanced selector for ${use.type} to a trail; keep its other selectors, which the command replaces.`,
      cli: [
        `aws cloudtrail put-event-selectors --region ${place.region} --trail-name <TRAIL> --advanced-event-selectors '[{"Name":"Management","FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]},{"Name":"${use.type}","FieldSelectors":[{"Field":"eventCategory","Equals":["Data"]},{"Field":"resources.type","Equals":["${use.type}"]}]}]'`,
      ],
      terraform: `advanced_event_selector {
  name = "${use.type}"

  field_selector {
    field  = "eventCategory"
    equals = ["Data"]
  }

  field_selector {
    field  = "resources.type"
    equals = ["${use.type}"]
  }
}`,
    },
  })
}

function named(recorders: readonly EventRecorder[]): string {
  return recorders.map(({kind, name}) => `the ${kind} ${name}`).join(' and ')
}

function defectOf(type: string, active: readonly EventRecorder[]): string {
  if (active.length === 0) return `nothing records data events of ${type}, which is in use`
  return `only some data events of ${type}, which is in use, are recorded by ${named(active)}`
}
