import type {z} from 'zod'

/** Command id → schema of the document it prints under `--json`. */
export const RESULT_SCHEMAS: Readonly<Record<string, z.ZodType>> = {}

/** Commands that print no document, and why. */
export const WITHOUT_DOCUMENT: Readonly<Record<string, string>> = {}
