import {getEventListeners} from 'node:events'

/** How much a signal holds: listeners, and signals of `AbortSignal.any` that Node keeps track of for it. */
export function keptBySignal(signal: AbortSignal): number {
  const symbol = Object.getOwnPropertySymbols(signal).find(({description}) => description === 'kDependantSignals')
  const dependants: unknown = symbol === undefined ? undefined : Reflect.get(signal, symbol)
  const size: unknown = dependants === undefined ? 0 : Reflect.get(Object(dependants), 'size')
  return Number(size) + getEventListeners(signal, 'abort').length
}
