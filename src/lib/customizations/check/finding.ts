import {DATASET_RULES, type DatasetCode, type DatasetRule} from '../datasets/check-codes.js'
import type {DatasetFinding} from './customization-check.schema.js'

interface FindingWords {
  readonly text: string
  readonly file?: DatasetFinding['file'] | undefined
  readonly severity?: DatasetRule['level'] | undefined
  readonly lines?: readonly number[] | undefined
  readonly count?: number | undefined
  readonly fixable?: boolean | undefined
  readonly path?: string | undefined
}

/** A finding in the words of its rule; of the data set as a whole where nothing else is said. */
export function finding(code: DatasetCode, words: FindingWords): DatasetFinding {
  const {count = 1, file = null, fixable = false, lines = [], path = null, severity, text} = words
  const {fix, level} = DATASET_RULES[code]
  return {
    code,
    severity: severity ?? level,
    file,
    path,
    text,
    fix,
    count,
    lines: lines.map((line) => ({line, row: null})),
    fixable,
  }
}

const RANKS = {error: 0, warning: 1, note: 2} as const

/** Errors first, the data set as a whole before its files, and each file from its first line on. */
export function sortedFindings(findings: readonly DatasetFinding[]): readonly DatasetFinding[] {
  return findings.toSorted(
    (a, b) =>
      RANKS[a.severity] - RANKS[b.severity] ||
      (a.file ?? '').localeCompare(b.file ?? '') ||
      (a.lines[0]?.line ?? 0) - (b.lines[0]?.line ?? 0) ||
      a.code.localeCompare(b.code),
  )
}
