import type {ActionAsk} from '../actions.js'
import type {RowAction} from '../jobs/jobs.schema.js'
import type {BoardState} from '../state.js'
import {tableOf} from '../table.js'
import type {BoardView} from '../view.js'

/** What can be done about a row as it is now; nothing where the row is gone or actions are not allowed. */
export function actionsOf(
  state: BoardState,
  views: readonly BoardView[],
  {view, row}: Pick<ActionAsk, 'view' | 'row'>,
): readonly RowAction[] {
  const found = state.ui.allowActions ? views.find(({name}) => name === view) : undefined
  return (found && tableOf(state, found).rows.find(({key}) => key === row)?.actions) ?? []
}

/** The action that is to be confirmed, as the row offers it now. */
export function actionAsked(state: BoardState, views: readonly BoardView[], ask: ActionAsk): RowAction | undefined {
  return actionsOf(state, views, ask).find(({name}) => name === ask.action)
}
