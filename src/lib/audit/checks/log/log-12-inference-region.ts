import {read} from '../../../account/read.js'
import type {ReadValues} from '../../../account/snapshot.schema.js'
import {findCallTarget} from '../../../iam/account/call-targets.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {isInference} from '../../facts/trail-event.js'
import type {Missing} from '../../finding.schema.js'
import {inEachRegion, judgeResource, regionPlace} from '../../judge-resource.js'

const READ = 'cloudtrail:bedrock-events'
type TrailEvent = ReadValues[typeof READ]['events'][number]

export const inferenceRegionCheck: Check = {
  id: 'LOG-12',
  family: 'LOG',
  severity: 'high',
  title: 'Prompts were processed in approved Regions only',
  why: 'A cross-Region profile sends a prompt wherever it finds room. CloudTrail names the Region that processed it: this is not what policies would allow but what happened.',
  resource: 'Region called',
  failsWhen: 'an event names an inferenceRegion that is not one of approvedRegions',
  unknownWhen: 'not all events were read, or calls through profiles name no inferenceRegion',
  needs: 'approvedRegions',
  reads: [READ, 'bedrock:inference-profiles', 'bedrock:foundation-models'],
  references: [
    {
      title: 'Geographic cross-Region inference',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html',
    },
    {
      title: 'Monitor Amazon Bedrock API calls using CloudTrail',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
    },
  ],
  judge: (context) => judgeAll(context),
}

function* judgeAll(context: AuditContext): Iterable<Judged> {
  const approved = context.project.approvedRegions
  if (approved === undefined) {
    const message = 'bedrockctl.yaml declares no approvedRegions.'
    yield {...regionPlace('global'), verdict: 'NOT_APPLICABLE', message}
    return
  }
  yield* inEachRegion(context, READ, function* ({events, complete, from}, region) {
    const outside = byInferenceRegion(events, new Set(approved))
    for (const [inferenceRegion, its] of outside) yield judgeOutside(region, inferenceRegion, its)
    if (outside.size > 0) return
    const gaps = [...(complete ? [] : [moreEvents(from)]), ...unnamed(context, events, region)]
    const named = events.filter((event) => event.inferenceRegion).length
    const names = named === 1 ? 'One event names' : `${named} events name`
    const fine = named === 0 ? 'No event names a Region of processing' : `${names} a Region of processing, all approved`
    yield judgeResource(regionPlace(region), {
      defects: [],
      gaps,
      fine,
      evidence: [
        {kind: 'observed', text: `${events.length} events, ${named} with inferenceRegion`, read: READ, region},
      ],
    })
  })
}

function byInferenceRegion(
  events: readonly TrailEvent[],
  approved: ReadonlySet<string>,
): ReadonlyMap<string, readonly TrailEvent[]> {
  const found = new Map<string, TrailEvent[]>()
  for (const event of events) {
    const {inferenceRegion} = event
    if (inferenceRegion === null || inferenceRegion === '' || approved.has(inferenceRegion)) continue
    found.set(inferenceRegion, [...(found.get(inferenceRegion) ?? []), event])
  }
  return found
}

function judgeOutside(region: string, inferenceRegion: string, events: readonly TrailEvent[]): Judged {
  const models = [...new Set(events.flatMap(({modelId}) => modelId ?? []))].sort()
  const callers = [...new Set(events.flatMap(({principalArn}) => principalArn ?? []))].sort()
  const [latest] = events
  const calls = events.length === 1 ? 'One call' : `${events.length} calls`
  const through = models.length > 0 ? ` through ${models.slice(0, 3).join(', ')}` : ''
  return judgeResource(regionPlace(region, inferenceRegion), {
    defects: [
      `${calls}${through} ${events.length === 1 ? 'was' : 'were'} processed in ${inferenceRegion}, which is not approved`,
    ],
    fine: '',
    evidence: [
      ...(latest
        ? [{kind: 'observed', text: `${latest.name} in ${inferenceRegion}`, read: READ, region, at: latest.at} as const]
        : []),
      ...callers.slice(0, 5).map((arn) => ({kind: 'observed', text: `called by ${arn}`, read: READ, region}) as const),
    ],
    fix: {
      summary: `Call a profile whose destinations are all approved, or the model in its own Region, and deny ${inferenceRegion} in a service control policy.`,
      cli: [
        `aws bedrock list-inference-profiles --region ${region} --type-equals SYSTEM_DEFINED --query 'inferenceProfileSummaries[].[inferenceProfileId,models[].modelArn]'`,
      ],
    },
  })
}

function moreEvents(from: string): Missing {
  const reason = `there are more events since ${from.slice(0, 10)} than were read`
  return {action: 'cloudtrail:LookupEvents', code: 'INCOMPLETE', reason}
}

/** Calls that may have been processed elsewhere without saying where. A model called by its own id stays in the Region. */
function unnamed(context: AuditContext, events: readonly TrailEvent[], region: string): readonly Missing[] {
  const ids = events
    .filter((event) => event.inferenceRegion === null && event.error === null && isInference(event))
    .flatMap(({modelId}) => modelId ?? [])
  const routed = [...new Set(ids)].filter((id) => mayRoute(context, region, id))
  return routed.map((id) => ({
    action: 'cloudtrail:LookupEvents',
    code: 'ABSENT',
    reason: `calls of ${id} name no Region of processing`,
  }))
}

function mayRoute({snapshot, catalog}: AuditContext, region: string, id: string): boolean {
  const bare = id.replace(/^arn:.*:(foundation-model|inference-profile)\//, '')
  if (catalog.profile(bare) !== undefined || id.includes(':inference-profile/')) return true
  if (catalog.model(bare) !== undefined || id.includes(':foundation-model/')) return false
  const target = findCallTarget(snapshot, region, id)
  if (target?.kind === 'application-profile') return target.copies?.kind !== 'model'
  if (target !== undefined) return target.kind !== 'model' && target.kind !== 'own-model'
  const profiles = read(snapshot, 'bedrock:inference-profiles', region)
  return profiles.state === 'unread' || id.includes(':application-inference-profile/')
}
