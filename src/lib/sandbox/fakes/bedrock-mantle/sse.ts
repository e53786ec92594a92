import type {FrameScript, FrameStep, StreamTimes} from '../../streams/frame-stream.js'
import type {Body} from '../bedrock/answers/family.js'

const METRICS = 'amazon-bedrock-invocationMetrics'

/** bedrock-runtime adds it to the last event; this endpoint was never seen to. */
function bare(event: Body): Body {
  if (!(METRICS in event)) return event
  const {[METRICS]: _, ...rest} = event
  return rest
}

/** Of chat completions: events without a name. */
export const chatEvent = (event: Body): Buffer => Buffer.from(`data: ${JSON.stringify(bare(event))}\n\n`)

/** Of Responses and Messages: events that are called as their type is. */
export const namedEvent = (event: Body): Buffer =>
  Buffer.from(`event: ${String(event['type'])}\ndata: ${JSON.stringify(bare(event))}\n\n`)

const DONE = Buffer.from('data: [DONE]\n\n')

/** Ends as streams of chat completions do. */
export class ChatScript implements FrameScript {
  readonly steps: Iterator<FrameStep, void>
  readonly #script: FrameScript

  constructor(script: FrameScript) {
    this.#script = script
    this.steps = script.steps
  }

  closing(times: StreamTimes): readonly Buffer[] {
    return [...this.#script.closing(times), DONE]
  }
}
