import {join} from 'node:path'
import {usageError} from '../../../core/errors.js'
import type {ActionAsk, ActionHands, ActionNote} from '../../../monitor/board/actions.js'
import type {BoardState} from '../../../monitor/board/state.js'
import {collectBatch} from '../../collect-batch.js'
import {replacingQuestion} from '../../existing-files.js'
import type {MonitorDoor} from '../door.js'

/** Collects the answers of a group or job as `batch collect --out` does; a file that is there is not replaced. */
export async function collectBoardJob(
  {row: key}: ActionAsk,
  state: BoardState,
  {connection, settings}: MonitorDoor,
  {onProgress, signal}: ActionHands,
): Promise<ActionNote> {
  const [{findJob}, {collectFile, collectNote}] = await Promise.all([
    import('../../../monitor/board/jobs/board-jobs.js'),
    import('../../../monitor/board/jobs/action-notes.js'),
  ])
  const job = findJob(state, key)
  if (job === undefined) return {text: 'It is not there any more.', tone: 'warn'}
  const {region, row} = job
  const file = collectFile(row.name)
  const out = join(process.cwd(), file)
  await refuseReplacing(out, file)
  onProgress(`collecting ${row.name}`)
  const collected = await collectBatch(
    row.id,
    {out, format: 'jsonl', failed: undefined, withInput: false, withFailed: false},
    {connection, settings: {...settings, regions: [region]}},
    {
      signal,
      warn: () => undefined,
      progress: {
        update: (done, total, what) =>
          onProgress(`collecting ${row.name}: ${done}${total === undefined ? '' : ` of ${total}`} ${what}`),
        clear: () => undefined,
      },
      beforeReplacing: () => refuseReplacing(out, file),
    },
  )
  return collectNote(row.name, file, collected)
}

async function refuseReplacing(out: string, file: string): Promise<void> {
  if ((await replacingQuestion([out])) === undefined) return
  throw usageError('ALREADY_COLLECTED', `${file} is there already, and stays as it is.`, {
    hint: 'Move it away, or collect into another file: bedrockctl batch collect --out FILE.',
  })
}
