import type {Unread} from '../core/answer.schema.js'
import {plural} from '../core/text.js'
import {paint} from './style.js'
import type {Terminal} from './terminal.js'

/** What could not be read, one line each, for stderr. */
export function describeUnread(unread: readonly Unread[], terminal: Terminal): string {
  const head = `${paint('warn', 'partial', terminal)}  ${plural(unread.length, 'call')} could not be read:`
  return [head, ...unread.map(({region, action, reason}) => `         ${region}  ${action}: ${reason}`)].join('\n')
}
