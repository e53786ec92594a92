import type {BedrockctlError} from '../../../core/errors.js'
import type {JobRow} from '../../../monitor/board/jobs/jobs.schema.js'
import type {Look, TopicReader} from '../../../monitor/board/ports.js'
import type {MonitorDoor} from '../door.js'
import type {JobKind, KindRows} from './job-kind.js'

/** A kind without live jobs is listed again after so many intervals, within these bounds. */
const CALM_LOOKS = 5
const CALM_LEAST_MS = 20_000
const CALM_MOST_MS = 5 * 60_000
/** Where the service has no such jobs. */
const ABSENT_MS = 10 * 60_000
const ABSENT = ['NOT_IMPLEMENTED', 'NOT_FOUND', 'REGION_NOT_ENABLED']

/** What is known of the jobs of one kind in one Region. */
interface Known {
  readonly rows: readonly JobRow[]
  readonly readAtMs: number | null
  readonly dueAtMs: number
  /** Looks that failed, one after the other. */
  readonly failures: number
  readonly error: BedrockctlError | undefined
}

const NOTHING: Known = {rows: [], readAtMs: null, dueAtMs: 0, failures: 0, error: undefined}

/** Jobs of every kind that are live, or ended in the last seven days, as their own commands list them. */
export async function openJobsReader(door: MonitorDoor): Promise<TopicReader<'jobs'>> {
  const [{openBatchKind}, {openTuningKind}, {openImportKind}, {openEvaluationKind, openCopyKind}] = await Promise.all([
    import('./batch-jobs.js'),
    import('./tuning-jobs.js'),
    import('./import-jobs.js'),
    import('./model-jobs.js'),
  ])
  const kinds = await Promise.all([
    openBatchKind(door),
    openTuningKind(door),
    openImportKind(door),
    openEvaluationKind(door),
    openCopyKind(door),
  ])
  return jobsReader(kinds)
}

/** One reader of several kinds of jobs: a kind that fails takes neither the others nor what was read of it. */
export async function jobsReader(kinds: readonly JobKind[]): Promise<TopicReader<'jobs'>> {
  const [{boundJobs}, {unreadRow}, {attempt}] = await Promise.all([
    import('../../../monitor/board/jobs/bound-jobs.js'),
    import('../../../monitor/board/jobs/unread-row.js'),
    import('../../../core/attempt.js'),
  ])
  const regions = new Map<string, {readonly atMs: number; readonly known: ReadonlyMap<JobKind, Known>}>()
  return {
    topic: 'jobs',
    scope: 'region',
    everyMs: 0,
    async look(look) {
      const region = look.place ?? ''
      const last = regions.get(region)
      const here = kinds.filter((kind) => kind.regions === undefined || kind.regions.includes(region))
      // Sooner than the interval somebody asked for it: then all is listed.
      const asked = last === undefined || look.nowMs - last.atMs < 0.8 * look.intervalMs
      const looked = await Promise.all(
        here.map(async (kind): Promise<readonly [JobKind, Known]> => {
          const before = last?.known.get(kind) ?? NOTHING
          if (!asked && look.nowMs < before.dueAtMs) return [kind, before]
          const {nowMs, intervalMs, signal} = look
          const read = await attempt(kind.look({region, nowMs, intervalMs, signal}))
          return [kind, read.error ? failed(before, read.error, look) : settled(read.value, look)]
        }),
      )
      refuseWhollyFailed(looked)
      regions.set(region, {atMs: look.nowMs, known: new Map(looked)})
      const rows = looked.flatMap(([{action, kind}, {error, readAtMs, rows: own}]) => {
        if (error === undefined || ABSENT.includes(error.code)) return own
        const {hint = null, message} = error
        return [unreadRow({kind, action: error.action ?? action, message, hint, readAtMs}), ...own]
      })
      return {rows: [...boundJobs(rows, look.nowMs)], metrics: 0}
    },
  }
}

function settled({isWhole, rows}: KindRows, {intervalMs, nowMs}: Look): Known {
  const isCalm = isWhole && rows.every(({live}) => !live)
  const calmMs = Math.min(CALM_MOST_MS, Math.max(CALM_LEAST_MS, CALM_LOOKS * intervalMs))
  // Looks come a little earlier or later than their interval says.
  const dueAtMs = isCalm ? nowMs + calmMs - intervalMs / 2 : nowMs
  return {rows, readAtMs: nowMs, dueAtMs, failures: 0, error: undefined}
}

function failed(before: Known, error: BedrockctlError, {intervalMs, nowMs}: Look): Known {
  const failures = before.failures + 1
  const waitMs = ABSENT.includes(error.code) ? ABSENT_MS : Math.min(CALM_MOST_MS, intervalMs * (2 ** failures - 0.5))
  return {...before, dueAtMs: nowMs + waitMs, failures, error}
}

/** Nothing at all could be read: that is the Region's trouble, and the board says so. */
function refuseWhollyFailed(looked: readonly (readonly [JobKind, Known])[]): void {
  const [first] = looked
  if (first?.[1].error && looked.every(([, {error}]) => error !== undefined)) throw first[1].error
}
