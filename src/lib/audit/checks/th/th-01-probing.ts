import {read, regionsOf} from '../../../account/read.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {
  callerOf,
  isByService,
  isInvocation,
  isProbe,
  probingPoints,
  type TrailEvent,
} from '../../facts/probing-events.js'
import type {Missing} from '../../finding.schema.js'
import {isNowhere, missingOf, type Place, regionPlace, unknown} from '../../judge-resource.js'

const READ = 'cloudtrail:bedrock-events'
const WINDOW_MS = 24 * 3_600_000
const APART_MS = 600_000
/**
 * Points of a day. Applications look models and profiles up (one point however often), tools and deployments also ask
 * whether a model is open or logged (one more); who looks for a model to abuse asks most of a dozen things.
 */
const THRESHOLD = 3

interface Seen extends TrailEvent {
  readonly region: string
}

/** A day in which somebody looked around and called a model. */
interface Pattern {
  readonly points: number
  readonly probes: readonly Seen[]
  readonly invocations: readonly Seen[]
}

export const probingCheck: Check = {
  id: 'TH-01',
  family: 'TH',
  severity: 'critical',
  title: 'Nobody looks for models to use and then uses them',
  why: 'Stolen credentials are sold by what they can invoke: whoever has them asks which models are there, whether access is granted and whether calls are logged, and then runs up a bill of thousands a day.',
  resource: 'principal',
  failsWhen:
    'within 24 hours, in whatever Regions, one principal makes calls that look for usable models (all look-ups of models and profiles together count one, each kind of question about access, logging and capacity one, a change of access or the end of logging two; together at least 3), and within a day of them calls, or tries to call, a model by InvokeModel, Converse or Mantle',
  unknownWhen: 'the events of a Region were not read, or not all of them',
  reads: [READ],
  references: [
    {
      title: 'Monitor Amazon Bedrock API calls using CloudTrail',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
    },
    {
      title: 'LLMjacking: resource hijacking of hosted models (MITRE ATT&CK T1496)',
      url: 'https://attack.mitre.org/techniques/T1496/',
    },
  ],
  *judge(context) {
    const seen = [...eventsByCaller(context)]
    const patterns = seen.map(([caller, events]) => ({caller, pattern: strongestPattern(events)}))
    const found = patterns.flatMap(({caller, pattern}) => judgePattern(caller, pattern))
    yield* found
    const gaps = [...gapsByRegion(context)]
    yield* gaps
    const isCalm = gaps.length === 0 && !found.some(({verdict}) => verdict === 'FAIL')
    if (isCalm && regionsOf(context.snapshot, READ).length > 0) yield calm(seen.length)
    else if (regionsOf(context.snapshot, READ).length === 0) yield unknown(regionPlace('global'), [notCollected()])
  },
}

function calm(callers: number): Judged {
  const message = `Of ${callers} principals seen with Bedrock nobody first looked for models to use and then used them.`
  return {...regionPlace('global'), verdict: 'PASS', message}
}

function notCollected(): Missing {
  return {action: 'cloudtrail:LookupEvents', code: 'NOT_COLLECTED', reason: 'The snapshot does not hold events.'}
}

/** All Regions together, oldest first. */
function eventsByCaller({snapshot}: AuditContext): ReadonlyMap<string, readonly Seen[]> {
  const own = callerOf(snapshot.caller.arn)
  const found = new Map<string, Seen[]>()
  for (const region of regionsOf(snapshot, READ)) {
    const reading = read(snapshot, READ, region)
    for (const event of reading.state === 'read' ? reading.value.events : []) {
      const caller = callerOf(event.principalArn)
      if (caller === null || !counts(event, caller === own)) continue
      const list = found.get(caller) ?? []
      list.push({...event, region})
      found.set(caller, list)
    }
  }
  for (const list of found.values()) list.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return found
}

/** Not what a service of AWS did for somebody, and not what bedrockctl itself asked for its snapshots. */
function counts(event: TrailEvent, isOwn: boolean): boolean {
  if (!isProbe(event) && !isInvocation(event)) return false
  return !isByService(event) && !(isOwn && /\bbedrockctl\//.test(event.userAgent ?? ''))
}

/** The day of looking around with most points, of those that calls of a model go with; else of all. */
function strongestPattern(events: readonly Seen[]): Pattern {
  const times = events.map(({at}) => Date.parse(at))
  let strongest: Pattern = {points: 0, probes: [], invocations: []}
  let last = Number.NEGATIVE_INFINITY
  for (const first of events) {
    const from = Date.parse(first.at)
    // Days that begin minutes apart hold the same.
    if (!isProbe(first) || from < last + APART_MS) continue
    last = from
    const probes = events.slice(lowerBound(times, from), lowerBound(times, from + WINDOW_MS + 1)).filter(isProbe)
    const pattern = {points: probingPoints(probes), probes, invocations: callsAround(events, times, from)}
    if (rank(pattern) > rank(strongest)) strongest = pattern
  }
  return strongest
}

/** A pattern with calls outranks every one without. */
function rank({points, invocations}: Pattern): number {
  return points + (invocations.length > 0 ? 1000 : 0)
}

/** From a day before the looking around begins to a day after it may end. */
function callsAround(events: readonly Seen[], times: readonly number[], from: number): readonly Seen[] {
  const near = events.slice(lowerBound(times, from - WINDOW_MS), lowerBound(times, from + 2 * WINDOW_MS + 1))
  return near.filter(isInvocation)
}

function lowerBound(times: readonly number[], wanted: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

function judgePattern(caller: string, {points, probes, invocations}: Pattern): readonly Judged[] {
  if (points < THRESHOLD) return []
  const place = placeOf(caller)
  const kinds = [...new Set(probes.map(({name}) => name))]
  const all = [...probes, ...invocations].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const evidence = evidenceOf(all)
  if (invocations.length === 0) {
    const message = `It made ${kinds.length} kinds of calls that look for usable models (${kinds.join(', ')}) and called none.`
    return [{...place, verdict: 'INFO', message, evidence}]
  }
  const regions = [...new Set(all.map(({region}) => region))].sort()
  const refused = invocations.filter(({error}) => error !== null).length
  const calls = `${invocations.length} times${refused > 0 ? `, ${refused} of them refused` : ''}`
  return [
    {
      ...place,
      verdict: 'FAIL',
      message: `Within a day it looked for usable models by ${kinds.join(', ')}, and called models ${calls}, in ${regions.join(', ')}: first ${wordsOf(all.at(0))}, last ${wordsOf(all.at(-1))}.`,
      evidence,
      fix: fixOf(caller),
    },
  ]
}

function evidenceOf(events: readonly Seen[]) {
  return [events.at(0), events.at(-1)].flatMap((event) =>
    event === undefined
      ? []
      : [
          {
            kind: 'observed',
            text: `${event.name} (event ${event.id})`,
            read: READ,
            region: event.region,
            at: event.at,
          } as const,
        ],
  )
}

function wordsOf(event: Seen | undefined): string {
  return event === undefined ? 'unknown' : `${event.name} at ${event.at}`
}

function placeOf(caller: string): Place {
  const [, kind = 'principal', name = caller] =
    /:(user|role|root|federated-user)\/?(?:.*\/)?([^/]*)$/.exec(caller) ?? []
  return {region: 'global', resource: {type: kind, id: caller, name: name === '' ? kind : name}}
}

function* gapsByRegion({snapshot}: AuditContext): Iterable<Judged> {
  for (const region of regionsOf(snapshot, READ)) {
    const reading = read(snapshot, READ, region)
    if (reading.state === 'unread') {
      if (!isNowhere(reading)) yield unknown(regionPlace(region), [missingOf(reading)])
    } else if (!reading.value.complete) {
      const {from, events} = reading.value
      const reason = `of the events since ${from} only the latest ${events.length} were read`
      yield unknown(regionPlace(region), [{action: 'cloudtrail:LookupEvents', code: 'INCOMPLETE', reason}])
    }
  }
}

function fixOf(caller: string) {
  const name = caller.slice(caller.lastIndexOf('/') + 1)
  const isUser = caller.includes(':user/')
  return {
    summary: 'Ask the owner whether it was them; if not, take the credentials out of use first and clear up after.',
    cli: isUser
      ? [
          `aws iam list-access-keys --user-name ${name}`,
          `aws iam update-access-key --user-name ${name} --access-key-id <ACCESS-KEY-ID> --status Inactive`,
          `aws iam list-service-specific-credentials --user-name ${name} --service-name bedrock.amazonaws.com`,
          `aws iam update-service-specific-credential --user-name ${name} --service-specific-credential-id <ID> --status Inactive`,
        ]
      : [
          `aws iam put-role-policy --role-name ${name} --policy-name revoke-older-sessions --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"<NOW>"}}}]}'`,
          `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventSource,AttributeValue=bedrock.amazonaws.com --start-time <FROM>`,
        ],
  }
}
