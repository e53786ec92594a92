import type {CallLog} from '../aws/call-log.js'
import {plural} from '../core/text.js'

/** For --debug: each request that went out, in order, with its answer; nothing of what was sent or said. */
export function callLines({recent, total}: CallLog): string {
  const kept = recent.length < total ? `, the last ${recent.length} of them` : ''
  return [
    `called  ${plural(total, 'request')}${kept}`,
    ...recent.map(
      ({ms, operation, region, service, status}) =>
        `        ${service} ${operation} ${region}  ${status ?? 'no answer'}  ${ms} ms`,
    ),
  ].join('\n')
}
