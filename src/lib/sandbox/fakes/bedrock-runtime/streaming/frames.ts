import {encodeFrame} from '../../../wire/event-stream.js'
import type {Body} from '../../bedrock/answers/family.js'

/** Makes an event's frame, as Bedrock pads it. */
export type FrameWriter = (event: Body, padding: number) => Buffer

/** Bedrock pads events by a part of this text, so that their lengths do not tell the words. */
const PADDING = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
export const MOST_PADDING = PADDING.length

const padded = (json: string, padding: number): Buffer =>
  Buffer.from(`${json.slice(0, -1)}${json === '{}' ? '' : ','}"p":"${PADDING.slice(0, padding)}"}`)

/** `{contentBlockDelta: …}` of ConverseStream. */
export function converseFrame(event: Body, padding: number): Buffer {
  const [[name, value] = ['', {}]] = Object.entries(event)
  return eventFrame(name, padded(JSON.stringify(value), padding))
}

/** The chunk of InvokeModelWithResponseStream that carries a family's own event. */
export function chunkFrame(event: Body, padding: number): Buffer {
  const bytes = Buffer.from(JSON.stringify(event)).toString('base64')
  return eventFrame('chunk', padded(`{"bytes":"${bytes}"}`, padding))
}

function eventFrame(name: string, body: Buffer): Buffer {
  const headers = [
    [':event-type', name],
    [':content-type', 'application/json'],
    [':message-type', 'event'],
  ] as const
  return encodeFrame(headers, body)
}
