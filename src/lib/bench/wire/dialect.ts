import type {FinishReason, Usage} from './answer.js'
import {ABSURD, type Effects, mergeUsage} from './effects.js'
import type {ShapeKeys} from './shapes.js'

export type JsonObject = Readonly<Record<string, unknown>>

/** How the events of one dialect are read, once they are cut out of the bytes and parsed. */
export interface Dialect {
  readonly keys: ShapeKeys
  /** type: of the frame (event stream only), else ''. Pure. */
  read(event: JsonObject, type: string): Effects
}

/** The object a member holds, an empty one where it holds none. */
export function objectIn(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isObject(value) ? value : {}
}

/** The objects in the array a member holds. */
export function objectsIn(object: JsonObject, key: string): readonly JsonObject[] {
  const value = object[key]
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** The text a member holds; '' where it holds none. */
export function textIn(object: JsonObject, key: string): string {
  const value = object[key]
  return typeof value === 'string' ? value : ''
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function visible(effects: Effects, text: string): void {
  if (text === '') return
  effects.text = effects.token === 'visible' ? effects.text + text : text
  effects.token = 'visible'
}

export function hidden(effects: Effects, text: string): void {
  if (text === '' || effects.token === 'visible') return
  effects.text += text
  effects.token = 'hidden'
}

/** A count of tokens; null and absent are not reported. What cannot be a count is dropped and marked. */
export function countIn(object: JsonObject, key: string, effects: Effects): number | undefined {
  const value = object[key]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < ABSURD) return value
  effects.absurd = true
  return undefined
}

/** Milliseconds a server tells of itself; what cannot be a duration is left out. */
export function millisecondsIn(object: JsonObject, key: string): number | undefined {
  const value = object[key]
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

/** Adds what is told of usage; nothing told leaves none. */
export function addUsage(effects: Effects, usage: Usage): void {
  if (saysSomething(usage)) effects.usage = effects.usage === undefined ? usage : mergeUsage(effects.usage, usage)
}

function saysSomething({input, output, cacheRead, cacheWrite, reasoning}: Usage): boolean {
  return (input ?? output ?? cacheRead ?? cacheWrite ?? reasoning) !== undefined
}

const REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  eos_token: 'stop',
  eos: 'stop',
  completed: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool',
  tool_calls: 'tool',
  function_call: 'tool',
  content_filter: 'filtered',
  content_filtered: 'filtered',
  guardrail_intervened: 'filtered',
  refusal: 'filtered',
}

/** The reason a model gives for its end; an answer that has one is whole. */
export function finishOf(effects: Effects, reason: unknown): void {
  if (typeof reason !== 'string' || reason === '') return
  effects.finish = Object.hasOwn(REASONS, reason) ? (REASONS[reason] ?? 'other') : 'other'
  effects.last = true
}
