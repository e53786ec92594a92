import {type EventLoopUtilization, monitorEventLoopDelay, performance} from 'node:perf_hooks'

const RESOLUTION_MS = 5

/** How the event loop of a thread fares while it is watched. */
export class LoopWatch {
  readonly #delay = monitorEventLoopDelay({resolution: RESOLUTION_MS})
  #before: EventLoopUtilization = performance.eventLoopUtilization()
  #from = performance.now()

  start(): void {
    this.#delay.reset()
    this.#delay.enable()
    this.#before = performance.eventLoopUtilization()
    this.#from = performance.now()
  }

  /** `spunMs`: spent asking the clock when nothing else was to do, which is not work. */
  stop(spunMs: number): LoopReport {
    this.#delay.disable()
    const {active} = performance.eventLoopUtilization(this.#before)
    const busyMs = Math.max(0, active - spunMs)
    const late = (ns: number): number => (Number.isFinite(ns) ? Math.max(0, ns / 1e6 - RESOLUTION_MS) : 0)
    return {
      loopLagP99Ms: late(this.#delay.percentile(99)),
      loopLagMaxMs: late(this.#delay.max),
      busyShare: Math.min(1, busyMs / Math.max(1, performance.now() - this.#from)),
    }
  }
}

export interface LoopReport {
  readonly loopLagP99Ms: number
  readonly loopLagMaxMs: number
  readonly busyShare: number
}
