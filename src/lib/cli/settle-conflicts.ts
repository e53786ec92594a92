import {usageError} from '../core/errors.js'

/** Flags that cannot both hold; of two, the one that was typed beats the one that the environment set. */
const EXCLUSIVE = [
  ['json', 'output'],
  ['sandbox', 'offline'],
  ['sandbox', 'endpoint-url'],
] as const

/**
 * The flags without those that a typed one overrules. Two typed ones that exclude each other are a usage error, and so
 * are two of the environment: there is no telling which was meant.
 */
export function settleConflicts<Values extends Readonly<Record<string, unknown>>>(
  flags: Values,
  typed: ReadonlySet<string>,
): Values {
  const settled: Record<string, unknown> = {...flags}
  for (const [first, second] of EXCLUSIVE) {
    if (!isSet(settled[first]) || !isSet(settled[second])) continue
    if (typed.has(first) === typed.has(second)) {
      throw usageError('CONFLICTING_FLAGS', `--${first} and --${second} cannot both be given.`, {
        hint: typed.has(first)
          ? `Leave one of them out.`
          : `Unset BEDROCKCTL_${variable(first)} or BEDROCKCTL_${variable(second)}.`,
      })
    }
    const loser = typed.has(first) ? second : first
    settled[loser] = settled[loser] === true ? false : undefined
  }
  return settled as Values
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false
}

function variable(flag: string): string {
  return flag.toUpperCase().replaceAll('-', '_')
}
