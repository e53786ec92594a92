import type {ActionAsk} from '../../monitor/board/actions.js'
import type {SamplerEvent} from '../../monitor/board/sampler/sampler-event.js'
import type {BoardState, Subject} from '../../monitor/board/state.js'
import type {Topic} from '../../monitor/board/topics.js'

/** What a teller is told itself before it begins. */
export interface Telling {
  /** Waited for where it takes time, so that a recording is not read faster than it is shown. */
  readonly emit: (event: SamplerEvent) => void | Promise<void>
  /** Topics that are read at all; undefined: every one. */
  readonly topics: ReadonlySet<Topic> | undefined
  /** Topics of the view that is shown; undefined: all. */
  readonly shown: ReadonlySet<Topic> | undefined
  /** How long the first round is waited for before the second begins. */
  readonly firstRoundMs: number
  readonly offer: (offered: {readonly profiles: readonly string[]; readonly regions: readonly string[]}) => void
  /** One line for whoever looks: what came of a wish. */
  readonly say: (text: string, tone: 'good' | 'bad' | 'warn' | undefined) => void
  readonly signal: AbortSignal
}

/** What the user asks of whoever tells. */
export type TellerWish =
  | {readonly type: 'refresh'}
  | {readonly type: 'interval'; readonly intervalMs: number}
  | {readonly type: 'switch-profile'; readonly profile: string}
  | {readonly type: 'switch-regions'; readonly regions: 'used' | 'all' | readonly string[]}
  | {readonly type: 'act'; readonly ask: ActionAsk}

/** Who tells the board what there is: an account, asked again and again, or a recording. */
export interface Teller {
  readonly subject: Subject
  readonly intervalMs: number
  /** The moment that the board shows. */
  now(): number
  /** Begins; resolves when there is no more to tell, rejects where nothing can be told. */
  tell(telling: Telling): Promise<void>
  wish(wish: TellerWish, state: BoardState): void
  show(topics: ReadonlySet<Topic>): void
}
