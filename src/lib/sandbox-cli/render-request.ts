import {sanitise} from '../core/text.js'
import {paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'

/** One answered request, as the journal has it. */
export interface AnsweredRequest {
  readonly at: string
  readonly http: string
  readonly service?: string
  readonly operation?: string
  readonly region?: string
  readonly account?: string
  /** 0: the connection was dropped. */
  readonly status: number
  readonly errorCode?: string
  readonly ms: number
}

/** One line a request: `09:14:02  200  bedrock ListFoundationModels  eu-central-1  111122223333  12 ms`. */
export function renderRequest(request: AnsweredRequest, terminal: Terminal): string {
  const {at, http, service, operation, region = '-', account = '-', status, errorCode, ms} = request
  const word = status === 0 ? 'cut' : String(status)
  const meaning = status === 0 || status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good'
  const what = service === undefined ? http : `${service} ${operation ?? http}`
  const parts = [at.slice(11, 19), paint(meaning, word, terminal), sanitise(what), sanitise(region), account]
  return [...parts, `${Math.round(ms)} ms`, ...(errorCode === undefined ? [] : [sanitise(errorCode)])].join('  ')
}
