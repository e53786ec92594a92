import {setFlagsFromString} from 'node:v8'

/**
 * From now on young objects are collected where they are and the heap once it has grown by a fifth: a board makes a
 * little garbage all day, and would hold ten times what it keeps before V8 looked.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
}
