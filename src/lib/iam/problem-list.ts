import type {PolicyProblem} from './policy-document.js'

/** Collects what is wrong with a document, so that everything is said at once. */
export class ProblemList {
  readonly found: PolicyProblem[] = []

  error(path: string, code: string, message: string): void {
    this.found.push({path, severity: 'error', code, message})
  }

  warning(path: string, code: string, message: string): void {
    this.found.push({path, severity: 'warning', code, message})
  }

  get hasError(): boolean {
    return this.found.some(({severity}) => severity === 'error')
  }
}

/** The step of a JSON path to a member: `.Action`, or `["my key"]` where a name needs quotes. */
export function step(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of the record itself; what its prototype has is not there. */
export function memberOf(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** One text or a list with at least one; anything else is reported and gives undefined. */
export function textsOf(value: unknown, path: string, problems: ProblemList): readonly string[] | undefined {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) {
    problems.error(path, 'NOT_TEXT', 'must be a text or a list of texts')
    return undefined
  }
  if (value.length === 0) {
    problems.error(path, 'EMPTY_LIST', 'must hold at least one text')
    return undefined
  }
  const texts: string[] = []
  value.forEach((item: unknown, index) => {
    if (typeof item === 'string') texts.push(item)
    else problems.error(`${path}[${index}]`, 'NOT_TEXT', 'must be a text')
  })
  return texts.length === value.length ? texts : undefined
}
