import type {AwsSession} from '../../aws/session.js'
import type {Settings} from '../../config/settings.js'
import type {Connection} from '../connect.js'

/** What the readers of the board are opened with: one caller's door to AWS and what belongs to it. */
export interface MonitorDoor {
  readonly settings: Settings
  readonly connection: Connection
  readonly session: AwsSession
  /** Where calls go that belong to no Region, and the first Region that is looked at. */
  readonly home: string
  /** Cost Explorer may be asked, which AWS bills by the call. */
  readonly bill: boolean
  /** Where this machine keeps runs of benches, batch groups and audits. */
  readonly stateFolder: string
}
