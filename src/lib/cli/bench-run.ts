import type {LoadEngine} from '../bench/load/load.js'
import type {RunSummary} from '../bench/metrics/summary.schema.js'
import type {LevelPlan} from '../bench/plan/bench-plan.js'
import type {BenchDryRun} from '../bench/run/dry-run.schema.js'
import type {Target} from '../bench/target/target.js'
import type {Settings} from '../config/settings.js'
import {usageError} from '../core/errors.js'
import {firstLines, plural} from '../core/text.js'
import type {Terminal} from '../output/terminal.js'
import type {CommandFrame} from './base-command.js'
import {type GateFlags, judgeRun, readGates, writeJunit} from './bench-gates.js'
import {isBedrock, type LaneFlags, type OpenedLane, openLanes} from './bench-lanes.js'
import {ratesOf} from './bench-rates.js'
import type {SearchFlags} from './bench-search.js'
import {type BenchFlags, readOrder} from './bench-words.js'
import type {Connection} from './connect.js'
import {readWait} from './read-wait.js'

/** What a bench needs of its command. */
export interface BenchFrame extends CommandFrame {
  readonly warn: (text: string) => void
  readonly terminal: Terminal
  /** The second Ctrl-C. */
  readonly drop: AbortSignal
  /** As Ctrl-C does, from a screen that reads the keys itself. */
  readonly interrupt: () => void
  readonly confirm: (question: string) => Promise<void>
  readonly onClose: (close: () => Promise<void> | void) => void
  /** On standard output, live, in place of lines on stderr. */
  readonly screen: boolean
}

/** A bench that was read and priced, before anything is sent. */
export interface OpenedBench {
  describe(): Promise<BenchDryRun>
  run(): Promise<RunSummary>
}

const MOST_LINES = 12

/** Reads plan and targets, finds endpoints and prices; nothing is sent to a target before `run`. */
export async function openBench(
  flags: BenchFlags & LaneFlags & GateFlags & SearchFlags,
  settings: Settings,
  connection: Connection,
  frame: BenchFrame,
): Promise<OpenedBench> {
  const everyMs = readWait('interval', flags.interval ?? '5s', {leastMs: 200})
  const order = await readOrder(flags, connection.catalog)
  const region = settings.regions[0] ?? connection.configuredRegion
  const lanes = await openLanes(order.targets, order.plan, flags, connection, region)
  const targets = lanes.map(({target}) => target)
  await readGates(order, flags)
  const search =
    flags.search === undefined ? undefined : (await import('./bench-search.js')).readSearch(flags, order.plan)
  const rates = await ratesOf(targets, settings, connection, frame)
  const describe = async () => {
    const {describeDryRun} = await import('./bench-dry-run.js')
    return describeDryRun(order, lanes, rates, connection.simulated(), search !== undefined)
  }
  return {
    describe,
    async run() {
      const [{expandCells}, {prepareData}] = await Promise.all([
        import('../bench/plan/expand-cells.js'),
        import('../bench/run/prepare-data.js'),
      ])
      const cells = expandCells(order.plan, lanes.length)
      const data = await prepareData(order.plan, cells)
      await assertQuotas({order, cells, data, targets}, lanes, connection, frame)
      const simulated = connection.simulated()
      if (!simulated && targets.some(isBedrock))
        await frame.confirm(spendQuestion(await describe(), search !== undefined))
      const [{openLoadEngine}, {openFollower}, {openRuns}, {prepareLanes}, {measureBench}, {insteadOf}] =
        await Promise.all([
          import('../bench/load/engine.js'),
          import('./bench-follower.js'),
          import('./open-runs.js'),
          import('./bench-prepare.js'),
          import('./bench-measure.js'),
          import('../bench/target/instead.js'),
        ])
      const engine =
        order.plan.transport === 'raw'
          ? openLoadEngine({workers: order.plan.workers})
          : await openSdk(lanes, connection)
      frame.onClose(() => engine.close())
      const {close, follower} = await openFollower({
        screen: frame.screen,
        terminal: frame.terminal,
        quiet: settings.quiet,
        everyMs,
        title: order.plan.name ?? lanes.map(({name}) => name).join(', '),
        simulated,
        signal: frame.drop,
        onStop: frame.interrupt,
      })
      frame.onClose(close)
      const warmUp = (target: Target) => warmUpOwn(target, connection, frame, follower.phase)
      const prepared = await prepareLanes({
        plan: order.plan,
        lanes,
        data,
        engine,
        follower,
        signal: frame.signal,
        warmUp,
        instead: (target) => insteadOf(target, connection.catalog),
      })
      await warnOfQuotas({order, cells, data, targets}, prepared, connection, frame)
      const {store} = await openRuns()
      const input = {order, lanes: prepared, rates, cells, data, search, simulated, toolVersion: frame.toolVersion}
      const measured = await measureBench(input, {
        engine,
        store,
        follower,
        drain: frame.signal,
        drop: frame.drop,
        judge: async (summary) => judgeRun(summary, order, flags, store),
      })
      await close()
      if (flags.junit !== undefined) await writeJunit(flags.junit, measured)
      return measured
    },
  }
}

/** The SDK in place of the load path, for what it streams. */
async function openSdk(lanes: readonly OpenedLane[], connection: Connection): Promise<LoadEngine> {
  const models = new Map<string, {readonly region: string; readonly modelId: string}>()
  for (const {lane, name, target} of lanes) {
    if (target.kind === 'openai' || target.kind === 'ollama' || lane.dialect !== 'converse-stream') {
      throw usageError('TRANSPORT_NOT_TAKEN', `${name} cannot be asked through the AWS SDK.`, {
        hint: 'Leave --transport out: the SDK is a cross-check for ConverseStream alone.',
      })
    }
    models.set(name, {region: target.region ?? '', modelId: target.kind === 'bedrock' ? target.modelId : target.arn})
  }
  const [{openSdkEngine}, {onlineSession}] = await Promise.all([
    import('../bench/run/sdk-engine.js'),
    import('./online-session.js'),
  ])
  const streams = await onlineSession(connection, 'Bedrock').converseStreams()
  return openSdkEngine(streams, (lane) => models.get(lane) ?? {region: '', modelId: ''})
}

interface QuotaQuestion {
  readonly order: Awaited<ReturnType<typeof readOrder>>
  readonly cells: Parameters<typeof import('../bench/run/quota-check.js').quotaProblems>[0]
  readonly data: Awaited<ReturnType<typeof import('../bench/run/prepare-data.js').prepareData>>
  readonly targets: readonly Target[]
}

/** Users who wait for their answers slow down where a quota binds: that is measured, and said. */
async function warnOfQuotas(
  question: QuotaQuestion,
  prepared: readonly {readonly name: string; readonly e2eMs: number}[],
  connection: Connection,
  {signal, warn}: BenchFrame,
): Promise<void> {
  const problems = await beyondQuotas(question, ['concurrency'], prepared, connection, signal)
  if (problems.length > 0) warn(`quota  what is beyond it will be throttled\n${firstLines(problems, MOST_LINES)}`)
}

/** Refuses rates beyond what the account is allowed: such a run would measure its quota. */
async function assertQuotas(
  question: QuotaQuestion,
  lanes: readonly OpenedLane[],
  connection: Connection,
  {signal}: BenchFrame,
): Promise<void> {
  const named = lanes.map(({name}) => ({name}))
  const problems = await beyondQuotas(question, ['rate', 'ramp'], named, connection, signal)
  if (problems.length === 0) return
  throw usageError('OVER_QUOTA', 'This plan asks for more than the quotas of the account allow.', {
    why: firstLines(problems, MOST_LINES),
    hint: 'Ask for less, or measure how the service throttles with --over-quota.',
    actions: ['bedrockctl account quotas --kind requests-per-minute --kind tokens-per-minute'],
  })
}

/** Where levels of these kinds ask for more than quotas allow; nothing is read where none of them could. */
async function beyondQuotas(
  {cells, data, order, targets}: QuotaQuestion,
  kinds: readonly LevelPlan['kind'][],
  lanes: readonly {readonly name: string; readonly e2eMs?: number}[],
  connection: Connection,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const isAsked = order.plan.levels.some(({kind}) => kinds.includes(kind))
  if (order.plan.overQuota || !isAsked || !targets.some(({kind}) => kind === 'bedrock')) return []
  const [{quotasOf}, {quotaProblems}, {meanTokens}, {ASSUMED_FIT}] = await Promise.all([
    import('./bench-quotas.js'),
    import('../bench/run/quota-check.js'),
    import('../bench/run/prepare-data.js'),
    import('../bench/data/synthetic.js'),
  ])
  const quotas = await quotasOf(targets, connection, signal)
  const asked = lanes.map((lane, index) => ({...lane, quotas: quotas[index]}))
  return quotaProblems(cells, asked, meanTokens(data.prompts(ASSUMED_FIT)))
}

function spendQuestion({cells, estimate, targets}: BenchDryRun, isSearch: boolean): string {
  const parts = [
    `${estimate.requests === null ? 'Requests' : `About ${Math.round(estimate.requests).toLocaleString('en-US')} requests`} in ${isSearch ? 'a search' : plural(cells.length, 'cell')} to ${targets.map(({name}) => name).join(', ')}`,
    estimate.usd === null
      ? targets.flatMap(({name, ratesAbsent, usdPer1000Requests}) =>
          usdPer1000Requests === null
            ? [`${name}: ${ratesAbsent}`]
            : [
                `${name}: $${usdPer1000Requests.toPrecision(3)} for 1,000 requests, as many as ${isSearch ? 'the search takes' : 'it answers in the time'}`,
              ],
        )
      : [estimate.usd < 0.01 ? 'less than $0.01' : `about $${estimate.usd.toFixed(2)}`],
  ].flat()
  return `${parts.join('; ')}. Go on?`
}

const WARM_UP_MS = 15 * 60_000

/** An imported model that nobody called is loaded by its first request; that takes minutes, which are no latency. */
async function warmUpOwn(
  target: Target,
  connection: Connection,
  {signal}: BenchFrame,
  phase: (text: string) => void,
): Promise<void> {
  if (target.kind !== 'imported' || connection.session === undefined) return
  const [{warmUp}, {notReady}, {realClock}, caller] = await Promise.all([
    import('../jobs/warm-up/warm-up.js'),
    import('../jobs/warm-up/not-ready.js'),
    import('../jobs/clock.js'),
    connection.session.modelCaller(),
  ])
  const isConverse = target.api === 'converse'
  const content = isConverse
    ? {messages: [{role: 'user', content: [{text: 'Hello'}]}], inferenceConfig: {maxTokens: 1}}
    : {messages: [{role: 'user', content: 'Hello'}], max_tokens: 1}
  const body = Buffer.from(JSON.stringify(content))
  const call = {region: target.region, modelId: target.arn, api: isConverse ? 'Converse' : 'InvokeModel', body} as const
  const outcome = await warmUp(
    {
      ask: (stop) => caller.call(call, stop),
      timeoutMs: WARM_UP_MS,
      signal,
      onWait: ({waitedMs}) =>
        phase(`warming up ${target.arn.slice(target.arn.lastIndexOf('/') + 1)}, ${Math.round(waitedMs / 1000)} s`),
    },
    realClock,
  )
  if (outcome.kind === 'timed-out') throw notReady(target.arn, outcome, 'Try again: loading goes on at the service.')
}
