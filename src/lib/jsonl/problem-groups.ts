import {sanitise} from '../core/text.js'

/** Something wrong with, or doubtful about, one line. */
export interface LineProblem {
  /** Stable, upper snake case. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly line: number
  /** Where in the record, without indices. */
  readonly path?: string | undefined
  /** One sentence: what is wrong and what to do. Never quotes a prompt or an answer. A function is asked only where it is kept. */
  readonly text: string | (() => string)
  readonly fixable?: boolean | undefined
}

export interface ProblemLine {
  readonly line: number
  readonly recordId: string | undefined
}

/** All problems of one code at one path. */
export interface ProblemGroup {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly path: string | undefined
  /** That of the first one. */
  readonly text: string
  readonly count: number
  /** The first ones. */
  readonly lines: readonly ProblemLine[]
  readonly fixable: boolean
}

export interface GroupLimits {
  /** First lines that a group keeps. */
  readonly firstLines?: number | undefined
  /** Paths by which one code is told apart; what comes later is told without its path. */
  readonly pathsPerCode?: number | undefined
}

const FIRST_LINES = 5
const PATHS_PER_CODE = 20
const MOST_TEXT = 300
const MOST_NAME = 80

type Growing = {-readonly [Key in keyof Omit<ProblemGroup, 'lines'>]: ProblemGroup[Key]} & {lines: ProblemLine[]}

/** Any number of problems in bounded memory: groups by code and path, with counts and the first lines. */
export class ProblemGroups {
  readonly #firstLines: number
  readonly #pathsPerCode: number
  readonly #byCode = new Map<string, Map<string, Growing>>()

  constructor({firstLines = FIRST_LINES, pathsPerCode = PATHS_PER_CODE}: GroupLimits = {}) {
    this.#firstLines = firstLines
    this.#pathsPerCode = pathsPerCode
  }

  /** `recordIdOf` is asked for the first lines alone. */
  add(problem: LineProblem, recordIdOf: () => string | undefined = () => undefined): void {
    const group = this.#groupOf(problem)
    group.count += 1
    group.fixable &&= problem.fixable === true
    if (group.lines.length >= this.#firstLines || group.lines.at(-1)?.line === problem.line) return
    const recordId = recordIdOf()
    group.lines.push({line: problem.line, recordId: recordId && shortened(recordId, MOST_NAME)})
  }

  /**
   * Adds the groups of a part that comes later; its lines count from `linesBefore` on. The same as adding its problems,
   * if the part kept apart all its paths.
   */
  merge(groups: readonly ProblemGroup[], linesBefore: number): void {
    for (const {lines, count, fixable, ...problem} of groups) {
      const group = this.#groupOf({...problem, line: 0, fixable})
      group.count += count
      group.fixable &&= fixable
      const told = lines.map(({line, recordId}) => ({
        line: line + linesBefore,
        recordId: recordId && shortened(recordId, MOST_NAME),
      }))
      group.lines = [...group.lines, ...told].sort((a, b) => a.line - b.line).slice(0, this.#firstLines)
    }
  }

  /** Errors before warnings, each in the order of their first lines. */
  groups(): readonly ProblemGroup[] {
    const all = [...this.#byCode.values()].flatMap((byPath) => [...byPath.values()])
    return all.sort((a, b) => rank(a) - rank(b) || firstLine(a) - firstLine(b))
  }

  #groupOf({code, path = '', severity, text, fixable}: LineProblem): Growing {
    const byPath = this.#byCode.get(code) ?? new Map<string, Growing>()
    if (byPath.size === 0) this.#byCode.set(code, byPath)
    const known = byPath.get(path)
    if (known) return known
    const isOneTooMany = byPath.size >= this.#pathsPerCode
    const lumped = isOneTooMany ? byPath.get('') : undefined
    if (lumped) return lumped
    const told = isOneTooMany || path === '' ? undefined : shortened(path, MOST_NAME)
    const isFixable = fixable === true
    const group = {
      code,
      severity,
      path: told,
      text: shortened(typeof text === 'string' ? text : text(), MOST_TEXT),
      count: 0,
      lines: [],
      fixable: isFixable,
    }
    byPath.set(isOneTooMany ? '' : path, group)
    return group
  }
}

function rank({severity}: ProblemGroup): number {
  return severity === 'error' ? 0 : 1
}

function firstLine({lines}: ProblemGroup): number {
  return lines[0]?.line ?? 0
}

/** Text from outside on one line, safe for a terminal. */
function shortened(text: string, most: number): string {
  const line = sanitise(text.slice(0, most * 2)).replace(/\s+/g, ' ')
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}
