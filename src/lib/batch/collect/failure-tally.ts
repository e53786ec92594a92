import type {ErrorClass, RecordError} from './error-class.js'

/** Records that failed alike. */
export interface FailureGroup {
  readonly errorClass: ErrorClass
  readonly code: number | string | null
  /** What the service said of the first. */
  readonly said: string | null
  records: number
}

/** A hostile output may make up codes without end. */
const MOST_GROUPS = 100
const MOST_SAID = 300

/** Counts failures by class and code. */
export class FailureTally {
  readonly #groups = new Map<string, FailureGroup>()

  add(errorClass: ErrorClass, {code, message}: RecordError): void {
    const key = `${errorClass} ${code}`
    const known = this.#groups.get(key) ?? this.#begin(key, errorClass, {code, message})
    known.records += 1
  }

  /** The most frequent first. */
  get groups(): readonly FailureGroup[] {
    return [...this.#groups.values()].sort((a, b) => b.records - a.records || (keyOf(a) < keyOf(b) ? -1 : 1))
  }

  get records(): number {
    return this.groups.reduce((sum, group) => sum + group.records, 0)
  }

  #begin(key: string, errorClass: ErrorClass, {code, message}: RecordError): FailureGroup {
    if (this.#groups.size >= MOST_GROUPS) {
      const rest = this.#groups.get(errorClass) ?? {errorClass, code: null, said: null, records: 0}
      this.#groups.set(errorClass, rest)
      return rest
    }
    const group = {errorClass, code, said: message?.slice(0, MOST_SAID) ?? null, records: 0}
    this.#groups.set(key, group)
    return group
  }
}

function keyOf({code, errorClass}: FailureGroup): string {
  return `${errorClass} ${code}`
}
