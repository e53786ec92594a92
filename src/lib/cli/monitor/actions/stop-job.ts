import type {ActionAsk, ActionHands, ActionNote} from '../../../monitor/board/actions.js'
import type {StopOutcome} from '../../../monitor/board/jobs/action-notes.js'
import type {BoardJob} from '../../../monitor/board/jobs/board-jobs.js'
import type {BoardState} from '../../../monitor/board/state.js'
import type {MonitorDoor} from '../door.js'

/** Stops a group or a job as `batch stop`, `customizations stop` do; twice does no harm. */
export async function stopBoardJob(
  {row: key}: ActionAsk,
  state: BoardState,
  door: MonitorDoor,
  hands: ActionHands,
): Promise<ActionNote> {
  const [{findJob}, {stopNote}] = await Promise.all([
    import('../../../monitor/board/jobs/board-jobs.js'),
    import('../../../monitor/board/jobs/action-notes.js'),
  ])
  const job = findJob(state, key)
  if (job === undefined) return {text: 'It is not there any more.', tone: 'warn'}
  hands.onProgress(`stopping ${job.row.name}`)
  return stopNote(job.row.name, await stopOf(job, door, hands.signal))
}

async function stopOf(job: BoardJob, door: MonitorDoor, signal: AbortSignal): Promise<readonly StopOutcome[]> {
  const {region, row} = job
  switch (row.kind) {
    case 'batch':
    case 'group':
      return stopBatch(job, door, signal)
    case 'customization': {
      const {openCustomizationStop} = await import('../../customization-stop.js')
      const settings = {...door.settings, regions: [region]}
      const {stop} = await openCustomizationStop([row.id], settings, door.connection, signal)
      return (await stop({wait: false, dryRun: false})).jobs
    }
    case 'evaluation': {
      const source = await door.session.modelJobs()
      return [{outcome: await source.stopEvaluation(region, row.id, signal)}]
    }
    default:
      return []
  }
}

async function stopBatch(
  {region, row}: BoardJob,
  {connection, settings}: MonitorDoor,
  signal: AbortSignal,
): Promise<readonly StopOutcome[]> {
  const {openStop} = await import('../../batch-stop.js')
  const closers: (() => Promise<void>)[] = []
  const frame = {signal, onClose: (close: () => Promise<void>) => closers.push(close)}
  try {
    const {stop} = await openStop([row.id], {...settings, regions: [region]}, connection, frame)
    const {items, unread} = await stop({wait: false, dryRun: false})
    const [first] = unread
    return items.map(({outcome}) => (outcome === 'failed' ? {outcome, why: first?.reason} : {outcome}))
  } finally {
    for (const close of closers) await close()
  }
}
