import {BedrockctlError} from '../../../core/errors.js'
import type {ActionAsk, ActionHands, ActionNote, RunAction} from '../../../monitor/board/actions.js'
import type {BoardState} from '../../../monitor/board/state.js'
import type {MonitorDoor} from '../door.js'

type Act = (ask: ActionAsk, state: BoardState, door: MonitorDoor, hands: ActionHands) => Promise<ActionNote>

/** By view and name of the action. */
const ACTIONS: Readonly<Record<string, () => Promise<Act>>> = {
  'jobs stop': async () => (await import('./stop-job.js')).stopBoardJob,
  'jobs collect': async () => (await import('./collect-job.js')).collectBoardJob,
  'capacity delete': async () => deleteFound,
}

/**
 * What does the actions of rows. To be opened only with --allow-actions; what it is asked was confirmed. Each looks anew
 * before it acts, as its command does.
 */
export async function openActions(door: MonitorDoor): Promise<RunAction> {
  const {clean} = await import('../../../monitor/text-width.js')
  return async (ask, state, hands) => {
    const open = ACTIONS[`${ask.view} ${ask.action}`]
    if (open === undefined) return {text: `There is no action ${ask.action} here.`, tone: 'bad'}
    try {
      return await (await open())(ask, state, door, hands)
    } catch (refusal) {
      if (!(refusal instanceof BedrockctlError)) throw refusal
      const {hint, message} = refusal
      return {text: clean([message, hint ?? ''].join(' ').trim()), tone: 'bad'}
    }
  }
}

const deleteFound: Act = async ({row: key}, state, door, hands) => {
  const {deleteBoardCapacity} = await import('./delete-capacity.js')
  const rows = [...state.data.capacity.values()].flatMap(({rows: read}) => read)
  const found = rows.find(({arn}) => key === arn || key.endsWith(` ${arn}`))
  return found ? deleteBoardCapacity(found, door, hands) : {text: 'It is not there any more.', tone: 'warn'}
}
