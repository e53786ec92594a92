/** From `performance.now()` of this process to the monotonic clock that all processes of the machine share, in ms. */
const SHIFT = shift()

/** Milliseconds of the machine's monotonic clock, comparable between processes. */
export function machineMs(at: number = performance.now()): number {
  return at + SHIFT
}

/** The smallest of several differences: no other was read with less between its two clocks. */
function shift(): number {
  let least = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < 50; turn += 1) {
    const before = performance.now()
    const [seconds, nanoseconds] = process.hrtime()
    const difference = seconds * 1e3 + nanoseconds / 1e6 - before
    if (difference < least) least = difference
  }
  return least
}
