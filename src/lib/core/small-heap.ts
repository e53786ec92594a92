import {setFlagsFromString} from 'node:v8'

/**
 * Keeps what this process holds small, at the cost of a little more collecting: the young generation of a thread grows
 * no further, and the old one is collected once it has grown by a fifth. Without it, most of what a bench or a board
 * holds is garbage. Of a thread that starts V8 takes the first back for all of them: to be called again then.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
}

/** Lets the heap grow again as V8 does by itself: a process that goes on to other work would collect all the time. */
export function letHeapGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
  setFlagsFromString('--heap-growing-percent=0')
}
