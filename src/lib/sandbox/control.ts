import type {Parts} from './parts.js'
import type {Truth} from './streams/truth.js'
import type {WireRequest} from './wire/protocol.js'

/** The paths under `/_sandbox/`: for whoever runs the sandbox, not for its AWS clients. */
export const isControlPath = (path: string): boolean => path === '/_sandbox' || path.startsWith('/_sandbox/')

export interface ControlAnswer {
  readonly status: number
  readonly body: unknown
  /** The body is text already: JSON, an answer a line. */
  readonly lines?: boolean
}

type Control = (request: WireRequest, parts: Parts, argument: string) => ControlAnswer | Promise<ControlAnswer>

const ok = (body: unknown): ControlAnswer => ({status: 200, body})
const bad = (message: string): ControlAnswer => ({status: 400, body: {message}})

const CONTROLS: Readonly<Record<string, Control>> = {
  'GET state': (_, parts) => ok(describe(parts)),
  'GET login': (_, {world}) => ok(world.login),
  'GET journal': (_, {journal}) => ok({entries: journal.entries}),
  'DELETE journal': (_, {journal}) => {
    journal.clear()
    return ok({})
  },
  'GET clock': (_, {clock}) => ok({kind: clock.kind, now: new Date(clock.now()).toISOString()}),
  'POST clock': advanceClock,
  'GET faults': (_, {faults}) => ok({faults: faults.rules}),
  'POST faults': addFault,
  'DELETE faults': removeFaults,
  'GET pace': (_, {streams}) =>
    ok({rules: streams.pacer.rules, lag: streams.lag.summary(), waiting: streams.scheduler.size}),
  'POST pace': addPace,
  'DELETE pace': (_, {streams, world}) => {
    streams.pacer.reset(world.pace)
    streams.lag.clear()
    return ok({})
  },
  'GET quotas': (_, {quotas, clock}) => ok({enforced: quotas.enforced, buckets: quotas.levels(clock.now())}),
  'POST quotas': enforceQuotas,
  'DELETE quotas': (_, {quotas}) => {
    quotas.enforced = true
    quotas.refill()
    return ok({})
  },
  'GET truth': (request, {streams}) => ({status: 200, body: tellTruth(request, streams.truth), lines: true}),
  'POST truth': (_, {streams}) => {
    streams.truth.start()
    return ok({})
  },
  'DELETE truth': (_, {streams}) => {
    streams.truth.stop()
    return ok({})
  },
  'POST reset': async (_, parts) => {
    await parts.reset()
    return ok(describe(parts))
  },
}

/** A web page in a browser can reach this port, but not without naming its origin. */
export async function control(request: WireRequest, parts: Parts): Promise<ControlAnswer> {
  if (request.headers['origin'] !== undefined) return {status: 403, body: {message: 'Not for web pages.'}}
  const [, , name = 'state', argument = ''] = request.path.split('/')
  const handler = CONTROLS[`${request.method} ${name}`]
  if (handler) return handler(request, parts, argument)
  return {status: 404, body: {message: `No ${request.method} ${request.path}.`, paths: Object.keys(CONTROLS)}}
}

/** No keys: who wants to sign in asks for the login. */
function describe({world, clock, journal, faults, table, baseUrl}: Parts): object {
  return {
    url: baseUrl(),
    scenario: world.scenario,
    description: world.description,
    clock: {kind: clock.kind, now: new Date(clock.now()).toISOString()},
    accounts: [...world.accounts.values()].map(({id, name}) => ({id, name})),
    services: table.specs.filter(({fake}) => fake !== undefined).map(({id}) => id),
    requests: journal.entries.length,
    faults: faults.rules.length,
  }
}

function readJson({body}: WireRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

async function advanceClock(request: WireRequest, {clock}: Parts): Promise<ControlAnswer> {
  const {advanceMs} = (readJson(request) ?? {}) as {readonly advanceMs?: unknown}
  if (typeof advanceMs !== 'number' || !(advanceMs >= 0)) return bad('Send {"advanceMs": milliseconds}.')
  await clock.advance(advanceMs)
  return ok({kind: clock.kind, now: new Date(clock.now()).toISOString()})
}

async function addFault(request: WireRequest, {faults}: Parts): Promise<ControlAnswer> {
  const [{faultRuleSchema}, {z}] = await Promise.all([import('./faults.schema.js'), import('zod')])
  const parsed = faultRuleSchema.safeParse(readJson(request))
  return parsed.success ? ok({id: faults.add(parsed.data)}) : bad(z.prettifyError(parsed.error))
}

async function addPace(request: WireRequest, {streams}: Parts): Promise<ControlAnswer> {
  const [{paceSchema}, {z}] = await Promise.all([import('./pace/pace.schema.js'), import('zod')])
  const parsed = paceSchema.safeParse(readJson(request))
  if (!parsed.success) return bad(z.prettifyError(parsed.error))
  streams.pacer.add(parsed.data)
  return ok({rules: streams.pacer.rules})
}

function enforceQuotas(request: WireRequest, {quotas}: Parts): ControlAnswer {
  const {enforced} = (readJson(request) ?? {}) as {readonly enforced?: unknown}
  if (typeof enforced !== 'boolean') return bad('Send {"enforced": true or false}.')
  quotas.enforced = enforced
  return ok({enforced})
}

/** A line of JSON for each answer. */
function tellTruth({query}: WireRequest, truth: Truth): string {
  const since = Number(query.get('since') ?? 0)
  return truth
    .since(Number.isNaN(since) ? 0 : since)
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('')
}

function removeFaults(_: WireRequest, {faults}: Parts, argument: string): ControlAnswer {
  if (argument === '') {
    faults.clear()
    return ok({})
  }
  return faults.remove(Number(argument)) ? ok({}) : {status: 404, body: {message: `No fault ${argument}.`}}
}
