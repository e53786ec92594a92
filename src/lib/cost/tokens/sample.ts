import type {CountableInput} from './ports.js'

/** One prompt as it would go to a model. It holds what users wrote: nothing of it may reach a message or a log. */
export interface Sample {
  readonly input: CountableInput
  /** Every text of the input. */
  readonly texts: readonly string[]
  readonly messages: number
  readonly tools: boolean
  /** Images and the like: in the input, in no text. */
  readonly beyondText: number
  /** Parts that the input could not take over, such as images that are named by address. */
  readonly leftOut: number
  /** The answer that is expected of the model, where the sample has one. */
  readonly output: string | null
}

/** Why a line is no sample; the message repeats nothing of the line. */
export class SampleProblem extends Error {
  override readonly name = 'SampleProblem'
}
