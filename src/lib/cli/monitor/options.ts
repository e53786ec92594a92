import type {Settings} from '../../config/settings.js'
import {parseDurationMs} from '../../core/duration.js'
import {usageError} from '../../core/errors.js'
import {firstLines} from '../../core/text.js'
import type {ViewName} from '../../monitor/board/view.js'

/** What the flags of `monitor` say. */
export interface MonitorOptions {
  readonly view: ViewName
  /** The view was named: then nothing else is read where only it is shown. */
  readonly isViewNamed: boolean
  readonly filter: string
  readonly intervalMs: number
  readonly bill: boolean
  readonly allowActions: boolean
  /** How it is shown: the board, one frame, lines for people, or one object a sample. */
  readonly show: 'screen' | 'once' | 'lines' | 'samples'
  /** As `--output` has it. */
  readonly format: string
  readonly count: number | undefined
  readonly durationMs: number | undefined
  readonly columns: string | undefined
  readonly sort: string | undefined
  readonly record: string | undefined
  readonly replay: {readonly file: string; readonly speed: number; readonly untilMs: number | undefined} | undefined
}

export interface MonitorFlags {
  readonly view: string | undefined
  readonly filter: string | undefined
  readonly interval: string | undefined
  readonly bill: boolean
  readonly 'allow-actions': boolean
  readonly plain: boolean
  readonly once: boolean
  readonly count: number | undefined
  readonly duration: string | undefined
  readonly columns: string | undefined
  readonly sort: string | undefined
  readonly record: string | undefined
  readonly replay: string | undefined
  readonly speed: string | undefined
  readonly until: string | undefined
  readonly json: boolean
  readonly output: string | undefined
  readonly query: string | undefined
  readonly input: boolean
}

/** Where it runs: whether a person looks, and at what. */
export interface MonitorStage {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly env: Readonly<Record<string, string | undefined>>
}

const LEAST_MS = 2000
const MOST_MS = 600_000
const INTERVAL_MS = 30_000
const SANDBOX_INTERVAL_MS = 2000
const TOLD = 8

/** Reads the flags; all that is wrong with them is told at once. */
export async function readMonitorOptions(
  flags: MonitorFlags,
  settings: Settings,
  stage: MonitorStage,
): Promise<MonitorOptions> {
  const [view, show] = await Promise.all([readView(flags.view), readShow(flags, settings, stage)])
  const intervalMs = flags.interval === undefined ? defaultInterval(settings) : parseDurationMs(flags.interval)
  const durationMs = flags.duration === undefined ? undefined : parseDurationMs(flags.duration)
  const untilMs = flags.until === undefined ? undefined : Date.parse(flags.until)
  const speed = readSpeed(flags.speed, show)
  const format = formatOf(flags)
  const problems = [
    ...(typeof view === 'object' ? [view.problem] : []),
    ...(intervalMs === undefined || intervalMs < LEAST_MS || intervalMs > MOST_MS
      ? [`--interval ${flags.interval} is not from 2s to 10m.`]
      : []),
    ...(flags.duration !== undefined && !(durationMs !== undefined && durationMs > 0)
      ? [`--duration ${flags.duration} is no time, such as 10m or 8h.`]
      : []),
    ...(Number.isNaN(untilMs) ? [`--until ${flags.until} is no moment, such as 2026-11-21T22:00:00Z.`] : []),
    ...(speed === undefined ? [`--speed ${flags.speed} is no number of times, such as 10.`] : []),
    ...conflicts(flags, settings, show, format),
  ]
  if (problems.length > 0 || typeof view === 'object' || intervalMs === undefined || speed === undefined) {
    throw flagsWrong(problems)
  }
  const {bill, columns, count, record, sort} = flags
  return {
    ...{view, isViewNamed: flags.view !== undefined, filter: flags.filter ?? '', intervalMs, bill},
    allowActions: flags['allow-actions'],
    ...{show, format, count, durationMs, columns, sort, record},
    replay: flags.replay === undefined ? undefined : {file: flags.replay, speed, untilMs},
  }
}

function defaultInterval({sandbox}: Settings): number {
  return sandbox === undefined ? INTERVAL_MS : SANDBOX_INTERVAL_MS
}

async function readView(name: string | undefined): Promise<ViewName | {readonly problem: string}> {
  const [{VIEW_NAMES}, {BOARD_VIEWS}, {didYouMean}] = await Promise.all([
    import('../../monitor/board/view.js'),
    import('../../monitor/board/views.js'),
    import('../../core/closest.js'),
  ])
  if (name === undefined) return 'overview'
  const found = BOARD_VIEWS.find((view) => view.name === name || view.aliases.includes(name))
  if (found !== undefined) return found.name
  const meant = didYouMean(name, VIEW_NAMES)
  return {problem: [`--view ${name} is no view.`, meant ?? `There are: ${VIEW_NAMES.join(', ')}.`].join(' ')}
}

async function readShow(
  flags: MonitorFlags,
  settings: Settings,
  {env, stdin, stdout}: MonitorStage,
): Promise<MonitorOptions['show']> {
  if (flags.once) return 'once'
  if (formatOf(flags) !== 'table') return 'samples'
  const {isScreenWanted} = await import('../../monitor/screen-wanted.js')
  if (isScreenWanted({stdin, stdout, env, plain: flags.plain || settings.quiet || !flags.input})) return 'screen'
  const isCi = !['', '0', 'false'].includes(env['CI']?.toLowerCase() ?? '')
  return flags.plain || (stdout.isTTY === true && !isCi) ? 'lines' : 'samples'
}

function formatOf({json, output, query}: MonitorFlags): string {
  return json || (query !== undefined && output === undefined) ? 'json' : (output ?? 'table')
}

/** Off the screen a recording is told without waiting, unless a speed is given. */
function readSpeed(text: string | undefined, show: MonitorOptions['show']): number | undefined {
  if (text === undefined) return show === 'screen' ? 1 : Number.POSITIVE_INFINITY
  const speed = Number(text.replace(/x$/, ''))
  if (!(speed > 0 && Number.isFinite(speed))) return undefined
  return show === 'once' ? Number.POSITIVE_INFINITY : speed
}

/** A view is drawn, or printed; a sample has all of it, lines tell all that changes. */
function hasRows(show: MonitorOptions['show'], format: string): boolean {
  return show === 'screen' || (show === 'once' && format !== 'json' && format !== 'ndjson')
}

type Pair = readonly [wrong: boolean, problem: string]

/** Flags that say nothing together. */
function conflicts(
  flags: MonitorFlags,
  settings: Settings,
  show: MonitorOptions['show'],
  format: string,
): readonly string[] {
  const pairs: readonly Pair[] = [
    [flags.once && flags.count !== undefined, '--once and --count cannot both be given.'],
    [flags.once && flags.duration !== undefined, '--once and --duration cannot both be given.'],
    [
      show === 'screen' && flags.count !== undefined,
      '--count counts samples: add -o ndjson, or end the board with --duration.',
    ],
    [
      flags.filter !== undefined && !hasRows(show, format),
      '--filter keeps rows of a view, and this prints none: use --query.',
    ],
    [!flags.once && (format === 'csv' || format === 'markdown'), `--output ${format} needs --once.`],
    [!flags.once && flags.columns !== undefined, '--columns needs --once.'],
    [!flags.once && flags.sort !== undefined, '--sort needs --once.'],
  ]
  return wrongOnes([...pairs, ...replayPairs(flags, settings, show)])
}

/** What only a recording takes, and what it does not. */
function replayPairs(flags: MonitorFlags, settings: Settings, show: MonitorOptions['show']): readonly Pair[] {
  const isReplay = flags.replay !== undefined
  return [
    [!isReplay && flags.speed !== undefined, '--speed needs --replay.'],
    [!isReplay && flags.until !== undefined, '--until needs --replay.'],
    [isReplay && flags.record !== undefined, '--record and --replay cannot both be given.'],
    [isReplay && flags.bill, '--bill asks AWS; a recording is told without.'],
    [isReplay && flags.interval !== undefined, '--interval is that of the recording; use --speed.'],
    [isReplay && settings.regions.length > 0, '--region is that of the recording; use --filter.'],
    [isReplay && flags['allow-actions'], '--allow-actions acts on an account; a recording has none.'],
    [!isReplay && flags['allow-actions'] && show !== 'screen', '--allow-actions needs the board on a terminal.'],
    [!isReplay && settings.offline, '--offline leaves nothing to watch; use --replay or --sandbox.'],
  ]
}

function wrongOnes(pairs: readonly Pair[]): readonly string[] {
  return pairs.flatMap(([wrong, problem]) => (wrong ? [problem] : []))
}

function flagsWrong(problems: readonly string[]) {
  const [first = ''] = problems
  return problems.length === 1
    ? usageError('MONITOR_FLAGS', first, {hint: 'See bedrockctl monitor --help.'})
    : usageError('MONITOR_FLAGS', `${problems.length} things are wrong with the flags.`, {
        why: firstLines(problems, TOLD),
        hint: 'See bedrockctl monitor --help.',
      })
}
