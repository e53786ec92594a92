import type {CellSummary, RunHead, SearchResult} from '../bench/metrics/summary.schema.js'
import type {BenchPlan, LevelPlan} from '../bench/plan/bench-plan.js'
import type {PlannedCell} from '../bench/plan/expand-cells.js'
import type {CellRunner} from '../bench/run/run-cells.js'
import type {InFlight, MeasuredCell} from '../bench/search/judge-level.js'
import type {SearchPlan} from '../bench/search/search-max.js'
import {usageError} from '../core/errors.js'
import {parseQuantity, parseShare} from '../core/quantity.js'

/** What is searched for, as flags say. */
export interface SearchFlags {
  readonly search?: SearchResult['objective'] | undefined
  readonly 'search-most'?: string | undefined
  readonly attainment?: string | undefined
}

const MOST = {'max-rate': 10_000, 'max-concurrency': 4096} as const
const DEFAULT_ATTAINMENT = '99%'

/** The search that flags ask for; undefined: none. It begins at the level of the plan. */
export function readSearch(flags: SearchFlags, {levels, slo}: BenchPlan): SearchPlan | undefined {
  const {search} = flags
  if (search === undefined) return undefined
  const [level, ...more] = levels
  const from = beginningOf(search, level)
  const most = flags['search-most'] === undefined ? MOST[search] : parseQuantity(flags['search-most'])?.toNumber()
  const attainment = parseShare(flags.attainment ?? DEFAULT_ATTAINMENT)?.toNumber()
  const problems = [
    ...(slo === null ? ['--search needs --slo: without objectives no level is too high'] : []),
    ...(more.length > 0 ? ['--search finds the levels itself: give one to begin at, or none'] : []),
    ...(most === undefined || most < from
      ? [`--search-most ${flags['search-most']}: no number of at least ${from}`]
      : []),
    ...(attainment === undefined || attainment === 0 ? [`--attainment ${flags.attainment}: not such as 99%`] : []),
  ]
  if (problems.length > 0 || most === undefined || attainment === undefined) {
    throw usageError('SEARCH_INVALID', 'This search cannot be made.', {
      why: problems.join('\n'),
      hint: 'Write --search max-rate --slo ttft:500,tpot:40 --duration 30s.',
    })
  }
  return {objective: search, from, most, attainment}
}

function beginningOf(search: SearchResult['objective'], level: LevelPlan | undefined): number {
  if (search === 'max-rate') return level?.kind === 'rate' ? level.perSecond : 1
  return level?.kind === 'concurrency' ? level.users : 1
}

interface SearchInput {
  readonly search: SearchPlan
  readonly plan: BenchPlan
  readonly head: RunHead
  readonly runner: CellRunner
  /** A cell that is about to be measured, told to store and follower. */
  readonly announce: (cell: PlannedCell) => Promise<void>
}

/** Looks for the highest level that holds, target by target. */
export async function searchLevels(input: SearchInput): Promise<SearchResult> {
  const {nextStep, outcomeSoFar} = await import('../bench/search/search-max.js')
  const targets: SearchResult['targets'][number][] = []
  let count = 0
  for (const target of input.head.targets.keys()) {
    const measured: MeasuredCell[] = []
    const cells: number[] = []
    let step = nextStep(input.search, measured)
    while (step.kind === 'measure' && !input.runner.isOver) {
      const cell = cellAt(step.level, target, count, measured.length, input)
      count += 1
      cells.push(cell.cell)
      await input.announce(cell)
      const one = await measureCell(cell, step.level, input)
      if (one === undefined) break
      measured.push(one)
      step = nextStep(input.search, measured)
    }
    const outcome = step.kind === 'done' ? step.outcome : outcomeSoFar(input.search, measured, 'it was broken off')
    targets.push({...outcome, target, interval: outcome.interval === null ? null : [...outcome.interval], cells})
  }
  return {objective: input.search.objective, targets}
}

function cellAt(level: number, target: number, cell: number, place: number, {plan, search}: SearchInput): PlannedCell {
  const [first] = plan.levels
  const shape = first?.kind === 'rate' ? first.shape : ({kind: 'poisson'} as const)
  const planned: LevelPlan =
    search.objective === 'max-rate' ? {kind: 'rate', perSecond: level, shape} : {kind: 'concurrency', users: level}
  const durationMs = plan.durationMs ?? undefined
  return {
    cell,
    target,
    block: place,
    level: planned,
    label:
      search.objective === 'max-rate'
        ? `${Number(level.toPrecision(4))}/s`
        : `${level} ${level === 1 ? 'user' : 'users'}`,
    requests: plan.requests ?? undefined,
    durationMs,
    warmUp:
      plan.warmUp ??
      (durationMs === undefined ? {requests: Math.floor((plan.requests ?? 0) / 10)} : {ms: durationMs / 10}),
    seed: (plan.seed + cell * 7919) % 2 ** 32,
  }
}

async function measureCell(
  cell: PlannedCell,
  level: number,
  {head, runner, search}: SearchInput,
): Promise<MeasuredCell | undefined> {
  const [{CellSamples}, {goodputOf}, {summariseCell}, {checkSelf}, {cellHeads}] = await Promise.all([
    import('../bench/metrics/cell-samples.js'),
    import('../bench/metrics/goodput.js'),
    import('../bench/metrics/summarise-cell.js'),
    import('../bench/metrics/self-check.js'),
    import('../bench/run/describe-cells.js'),
  ])
  const samples = new CellSamples()
  const inFlight: InFlight[] = []
  const end = await runner.run(cell, {
    onSamples: (segment) => samples.add(segment),
    onTick: ({atMs, inFlight: count}) => inFlight.push({atMs, count}),
  })
  const [own] = cellHeads([cell])
  const target = head.targets[cell.target]
  if (end === undefined || own === undefined || target === undefined) return undefined
  const {gaps, why, ...rest} = end
  const note = {...rest, shard: 0, why: why ?? null}
  const summary: CellSummary = summariseCell({head: own, target, samples, gaps, ends: [note], slo: head.slo})
  const holds = (attainment: number | null | undefined) => (attainment ?? 1) >= search.attainment
  const fromSend = head.slo ? goodputOf(samples, summary.window, head.slo, 'sent').goodput.attainment : null
  // Late sends are what failed only where the level holds from the moment of sending.
  const late = !holds(summary.goodput?.attainment) && holds(fromSend)
  const {reasons} = checkSelf([{summary: late ? summary : {...summary, lag: null}, ends: [note]}])
  return {level, summary, inFlight, clientBound: reasons[0]?.text.replace(`${summary.label}: `, '')}
}
