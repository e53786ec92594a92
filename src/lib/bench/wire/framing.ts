import type {ErrorClass} from './answer.js'

/** The largest event that is held while it comes. */
export const MAX_EVENT = 16 * 1024 * 1024

/** Takes what a framing cuts out of a body. The bytes are good until the call returns. */
export interface EventTaker {
  event(bytes: Buffer, start: number, end: number, at: number): void
  fail(error: ErrorClass, detail: string): void
}

/** Cuts the body of an answer into events. */
export interface Framing {
  begin(): void
  body(bytes: Buffer, start: number, end: number, at: number): void
  /** The body has ended. True where no event was cut off by that; complete: the server ended it. */
  end(complete: boolean, at: number): boolean
}
