const FIRST_MS = 2000
const MOST_MS = 30_000
const GROWTH = 1.5

/** How long to wait after so many looks: as was asked for, else 2 s at first and longer each time, up to 30 s. */
export function pollPauseMs(looks: number, askedMs: number | undefined): number {
  return askedMs ?? Math.min(MOST_MS, FIRST_MS * GROWTH ** looks)
}
