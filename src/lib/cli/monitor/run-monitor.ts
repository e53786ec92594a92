import type {MonitorSample} from '../../monitor/board/plain/sample.schema.js'
import type {BoardRow} from '../../monitor/board/view.js'
import type {Terminal} from '../../output/terminal.js'
import type {View} from '../../output/view.js'
import type {CommandFrame} from '../base-command.js'
import type {Connection} from '../connect.js'
import type {MonitorOptions} from './options.js'

/** What the command lends. */
export interface MonitorFrame extends Pick<CommandFrame, 'settings' | 'toolVersion' | 'signal'> {
  readonly connectAs: (settings: CommandFrame['settings']) => Promise<Connection>
  readonly terminal: Terminal
  readonly note: (text: string) => void
  readonly print: (sample: MonitorSample, view: View<MonitorSample, BoardRow>) => Promise<unknown>
  readonly query: string | undefined
}

/** Shows what happens in an account, or happened, until it is left, is over, or enough was shown. */
export async function runMonitor(options: MonitorOptions, frame: MonitorFrame): Promise<MonitorSample | undefined> {
  const {openBoard} = await import('./board.js')
  const board = await openBoard(options, frame)
  try {
    if (options.show === 'screen') return await (await import('./screen.js')).showOnScreen(board)
    const {showOnce, showRounds} = await import('./plain.js')
    return await (options.show === 'once' ? showOnce(board) : showRounds(board))
  } finally {
    board.leave()
  }
}
