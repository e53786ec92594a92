import {z} from 'zod'

const LAST_MS = 8.64e15

/** Milliseconds since the epoch that a date can be made of, whatever a recording says. */
export const momentSchema = z.number().min(0).max(LAST_MS)

/** A minute since the epoch, likewise. */
export const minuteSchema = z
  .number()
  .int()
  .min(0)
  .max(LAST_MS / 60_000)
