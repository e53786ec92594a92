import {setFlagsFromString} from 'node:v8'

/**
 * Keeps what this process holds small, at the cost of a little more collecting: the young generation of a thread grows
 * no further, and the old one is collected once it has grown by so many percent. Without it, most of what a bench or a
 * board holds is garbage. Of a thread that starts V8 takes the first back for all of them: to be called again then.
 */
export function keepHeapSmall(growingPercent = 20): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`)
}

/** V8 optimises a function that has run for so long; its own value as Node 20 has it (`node --v8-options`). */
const OPTIMISED_AFTER = 540_672
const OPTIMISED_BY_ITSELF_AFTER = 67_584

/**
 * Keeps a process small that looks and draws every few seconds, all day: its heap, of which V8 then also gives back
 * pages that are half empty, and the threads that optimise what runs seldom, again and again, which took as much of the
 * processor as the program itself. The returned function takes it back.
 */
export function keepFootprintSmall(): () => void {
  keepHeapSmall(10)
  setFlagsFromString('--optimize-for-size')
  setFlagsFromString(`--interrupt-budget=${OPTIMISED_AFTER}`)
  return () => {
    letHeapGrow()
    setFlagsFromString('--no-optimize-for-size')
    setFlagsFromString(`--interrupt-budget=${OPTIMISED_BY_ITSELF_AFTER}`)
  }
}

/** Lets the heap grow again as V8 does by itself: a process that goes on to other work would collect all the time. */
export function letHeapGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
  setFlagsFromString('--heap-growing-percent=0')
}
