import type {CommandFrame} from './base-command.js'
import type {Connection} from './connect.js'

/** A command as seen by what reads the account for it, once the connections are open. */
export interface AccountFrame extends Omit<CommandFrame, 'connect'> {
  readonly connection: Connection
}
