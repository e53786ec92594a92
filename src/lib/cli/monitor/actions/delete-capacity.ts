import {BedrockctlError} from '../../../core/errors.js'
import type {ActionHands, ActionNote} from '../../../monitor/board/actions.js'
import type {BoardCapacity} from '../../../monitor/board/capacity/capacity.schema.js'
import {findCapacityOf, openCapacity} from '../../open-capacity.js'
import {openPrices} from '../../price-book.js'
import {SILENT} from '../../progress.js'
import type {MonitorDoor} from '../door.js'

/** Deletes idle capacity as `capacity delete` does: it is read anew, and refused where that would be. */
export async function deleteBoardCapacity(
  {arn, name}: Pick<BoardCapacity, 'arn' | 'name'>,
  {connection, settings}: MonitorDoor,
  {onProgress, signal}: ActionHands,
): Promise<ActionNote> {
  const [{deleteCapacity, planDelete}, {formatMoney}, {hourlyWords}] = await Promise.all([
    import('../../../capacity/delete/plan-delete.js'),
    import('../../../output/money.js'),
    import('../../../capacity/capacity-words.js'),
  ])
  try {
    const door = await openCapacity(arn, settings, connection)
    const found = await findCapacityOf(arn, door, signal)
    const {book} = await openPrices(settings, connection, {
      ...{regions: [found.one.region], signal, progress: SILENT, warn: () => undefined},
    })
    const planned = planDelete(found, {catalog: connection.catalog, book, now: new Date(), money: formatMoney})
    onProgress(`deleting ${name}`)
    const outcome = await deleteCapacity(planned, door.source, signal)
    if (outcome === 'already-deleted') return {text: `${name} was deleted already`, tone: 'warn'}
    const saved = planned.saves === null ? '' : `; saves ${hourlyWords(planned.saves)}`
    return {text: `${name} is deleted${saved}`, tone: 'good'}
  } catch (refusal) {
    if (!(refusal instanceof BedrockctlError)) throw refusal
    return {text: refusal.message, tone: 'bad'}
  }
}
