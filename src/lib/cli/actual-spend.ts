import type {ReadId} from '../account/snapshot.schema.js'
import type {Unread} from '../core/answer.schema.js'
import {usageError} from '../core/errors.js'
import type {ActualInput, ReadUsage} from '../cost/actual/actual.js'
import type {ActualResult, By} from '../cost/actual/actual.schema.js'
import type {Bill} from '../cost/actual/read-bill.js'
import type {Window} from '../cost/actual/window.js'
import type {CommandFrame} from './base-command.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'
import {takeSnapshot} from './take-snapshot.js'

/** The flags of `cost actual`, as parsed. */
export interface ActualFlags {
  readonly since: string
  readonly until: string | undefined
  readonly by: By
  readonly tag: string | undefined
  readonly budget: string | undefined
  readonly source: ActualResult['source']
}

/** Own resources that calls name: what they lead to, and their tags. */
export const OWN_READS: readonly ReadId[] = [
  'bedrock:inference-profiles',
  'bedrock:custom-models',
  'bedrock:custom-model-deployments',
  'bedrock:imported-models',
  'bedrock:provisioned-throughputs',
]

/** Reads what `cost actual` judges: the bill first, as it says in which Regions Bedrock was used. */
export async function readActual(
  flags: ActualFlags,
  connection: Connection,
  frame: CommandFrame & {note(text: string): void},
): Promise<Omit<ActualInput, 'prices'>> {
  const session = onlineSession(connection, 'What was spent')
  const [{parseWindow}, {chooseTag}, {parseBudget}, {partitionOf}] = await Promise.all([
    import('../cost/actual/window.js'),
    import('../cost/actual/choose-tag.js'),
    import('../cost/actual/budget.js'),
    import('../core/arn.js').then(({parseArn}) => ({partitionOf: (arn: string) => parseArn(arn)?.partition ?? 'aws'})),
  ])
  const {by, source} = flags
  if (by === 'principal' && source === 'metrics') {
    throw usageError('PRINCIPAL_NOT_TOLD', 'CloudWatch does not know who called.', {
      hint: 'Leave out --source metrics: the bill tells by tags of users and roles.',
    })
  }
  const window = parseWindow(flags, new Date())
  const budget = flags.budget === undefined ? undefined : parseBudget(flags.budget)
  if (budget && window.read.to <= window.today) {
    throw usageError('BUDGET_OF_THE_PAST', '--budget judges this month, and --until ends before today.', {
      hint: 'Leave out --until, or --budget.',
    })
  }
  const caller = await (await session.identity()).whoAmI(frame.signal)
  const billed =
    source === 'metrics'
      ? undefined
      : await readCosts(flags, window, {account: caller.account, partition: partitionOf(caller.arn)}, connection, frame)
  const bill = billed?.bill ?? null
  const usage = source === 'bill' ? undefined : await readUsage(window, bill, connection, frame)
  return {
    account: caller.account,
    window,
    source,
    by,
    tag: bill?.tag ?? chooseTag(by, flags.tag, undefined),
    budget,
    simulated: connection.simulated(),
    unread: [...(billed?.unread ?? []), ...(usage?.unread ?? [])],
    requests: billed?.requests ?? 0,
    bill,
    usage: usage?.usage ?? null,
  }
}

interface Payer {
  readonly account: string
  readonly partition: string
}

interface Costs {
  readonly bill: Bill | undefined
  readonly unread: readonly Unread[]
  readonly requests: number
}

async function readCosts(
  {by, tag}: ActualFlags,
  window: Window,
  {account, partition}: Payer,
  connection: Connection,
  {settings, signal, note}: CommandFrame & {note(text: string): void},
): Promise<Costs> {
  const session = onlineSession(connection, 'What was spent')
  const [{readBill}, {chooseTag}, {modelNames}, {REQUEST_USD}] = await Promise.all([
    import('../cost/actual/read-bill.js'),
    import('../cost/actual/choose-tag.js'),
    import('../prices/model-names.js'),
    import('../cost/actual/actual.js'),
  ])
  const source = await session.bill(partition)
  const regions = settings.regions.includes('all') ? [] : settings.regions
  if (settings.sandbox === undefined) {
    const times = requestsAhead({by, tag}, window, regions)
    note(`Cost Explorer is asked ${times}, again for each further page; AWS charges $${REQUEST_USD} a request.`)
  }
  const choose = (active: readonly string[] | undefined) => chooseTag(by, tag, active)
  const names = modelNames(connection.catalog)
  const {bill, unread} = await readBill({window, account, regions, chooseTag: choose}, source, names, signal)
  return {bill, unread, requests: source.requests()}
}

/** How often, when nothing takes more than a page: see `readBill`. */
function requestsAhead({by, tag}: Pick<ActualFlags, 'by' | 'tag'>, window: Window, regions: readonly string[]): string {
  const count = 4 + (regions.length === 1 ? 0 : 1) + (window.read.to > window.today ? 1 : 0)
  const isTagged = tag !== undefined || by === 'tag' || by === 'principal'
  return isTagged ? `${count + 1} times` : `${count} times, once more where only one tag is activated`
}

async function readUsage(
  window: Window,
  bill: Bill | null,
  connection: Connection,
  {settings, toolVersion, signal, progress}: CommandFrame,
): Promise<{readonly usage: ReadUsage; readonly unread: readonly Unread[]}> {
  const session = onlineSession(connection, 'What was spent')
  const {readTokens} = await import('../cost/actual/read-tokens.js')
  const {catalog, configuredRegion: configured} = connection
  const billed = (bill?.lines ?? []).flatMap(({region}) => (region !== null && catalog.region(region) ? [region] : []))
  const found = [...new Set([...(configured === undefined ? [] : [configured]), ...billed])]
  const asked = settings.regions.length > 0 ? settings.regions : found
  const request = {reads: OWN_READS, settings: {...settings, regions: asked}, toolVersion}
  const {snapshot} = await takeSnapshot(request, connection, {signal, progress})
  // Regions that are not enabled hold nothing; one that was named says so itself.
  const named = settings.regions.includes('all') ? [] : settings.regions
  const regions = snapshot.regions.flatMap(({name, optIn}) =>
    optIn === 'disabled' && !named.includes(name) ? [] : [name],
  )
  const source = await session.tokenUsage()
  const {tokens, unread} = await readTokens(regions, window.read, source, signal)
  return {usage: {tokens, snapshot}, unread: [...snapshot.unread, ...unread]}
}
