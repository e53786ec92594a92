/** When requests of a cell are sent. Open: by a clock, whatever is in flight. Closed: by users who wait for their answers. */
export type LoadLevel =
  /** Closed: each user sends as soon as the answer before has ended. */
  | {readonly kind: 'concurrency'; readonly users: number}
  | {readonly kind: 'rate'; readonly perSecond: number; readonly shape: ArrivalShape}
  /** From one rate per second to another. */
  | {
      readonly kind: 'ramp'
      readonly from: number
      readonly to: number
      readonly durationMs: number
      readonly curve: 'linear' | 'exponential'
      readonly shape: ArrivalShape
    }
  /** Ms from the first, ascending, speed applied. */
  | {readonly kind: 'replay'; readonly atMs: Float64Array}
  /** Closed: each user holds one conversation after another and thinks before each turn but the first of the run. */
  | {readonly kind: 'users'; readonly users: number; readonly thinkMs: Spread; readonly turns: number}

export type OpenLevel = Exclude<LoadLevel, {readonly kind: 'concurrency' | 'users'}>

export type ArrivalShape =
  | {readonly kind: 'constant'}
  | {readonly kind: 'poisson'}
  /** Gaps of Gamma(shape): their coefficient of variation is 1/√shape. */
  | {readonly kind: 'gamma'; readonly shape: number}
  /** So many at once. At a rate the period holds and `perSecond` is not looked at; in a ramp the rate holds. */
  | {readonly kind: 'burst'; readonly size: number; readonly periodMs: number}

/** A constant, N(mean, deviation) cut to 0 and more, or U(low, high). */
export type Spread =
  | {readonly kind: 'constant'; readonly value: number}
  | {readonly kind: 'normal'; readonly mean: number; readonly deviation: number}
  | {readonly kind: 'uniform'; readonly low: number; readonly high: number}

/** Which part of a plan is sent from here: arrivals k with k mod `of` = index, or users u with u mod `of` = index. */
export interface Share {
  readonly index: number
  readonly of: number
}
