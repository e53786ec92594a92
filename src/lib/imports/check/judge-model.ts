import type {CheckContext, ImportCheck, Judged} from '../checks/check.js'
import {CONFIG_CHECKS} from '../checks/config-checks.js'
import {FILE_CHECKS} from '../checks/file-checks.js'
import {STRUCTURE_CHECK} from '../checks/structure-checks.js'
import {TENSOR_CHECKS} from '../checks/tensor-checks.js'
import {TOKENIZER_CHECKS} from '../checks/tokenizer-checks.js'
import {WEIGHT_FILE_CHECKS} from '../checks/weight-file-checks.js'
import type {CheckOutcome, ImportFinding} from './import-check.schema.js'

const MODEL_CHECKS: readonly ImportCheck[] = [
  ...FILE_CHECKS,
  ...WEIGHT_FILE_CHECKS,
  ...CONFIG_CHECKS,
  ...TENSOR_CHECKS,
  STRUCTURE_CHECK,
  ...TOKENIZER_CHECKS,
]
/** A folder of another kind may break a check a thousand times. */
const MOST_FINDINGS = 50

export interface Verdicts {
  readonly findings: readonly ImportFinding[]
  readonly checks: readonly CheckOutcome[]
}

type CheckWords = Pick<ImportCheck, 'id' | 'title' | 'severity' | 'why'>

/** All checks of the files of a model, each asked once. */
export function judgeModel(context: CheckContext): Verdicts {
  return joinVerdicts(MODEL_CHECKS.map((check) => verdictOf(check, [...check.judge(context)])))
}

/** What one check comes to: a failure outranks what is not known, and that what was not looked at. */
export function verdictOf(
  check: CheckWords,
  judged: readonly (Judged | {readonly verdict: 'ok'; readonly said: string})[],
): Verdicts {
  const {id, severity, title, why} = check
  const verdict =
    (['fail', 'unknown', 'not-applicable'] as const).find((one) => judged.some((each) => each.verdict === one)) ?? 'ok'
  const told = judged.flatMap((one) => (one.verdict === 'fail' || one.verdict === 'unknown' ? [one] : []))
  const findings = told.slice(0, MOST_FINDINGS).map((one) => ({
    check: id,
    title,
    severity: one.severity ?? severity,
    verdict: one.verdict === 'fail' ? ('fail' as const) : ('unknown' as const),
    file: one.file ?? null,
    tensor: one.tensor ?? null,
    said: one.said,
    why,
    fix: one.fix ?? null,
  }))
  const [first] = findings
  const more = told.length - findings.length
  const rest =
    more > 0 && first ? [{...first, file: null, tensor: null, said: `The same is wrong ${more} times more.`}] : []
  const said = verdict === 'ok' || verdict === 'not-applicable' ? (judged[0]?.said ?? null) : null
  return {findings: [...findings, ...rest], checks: [{id, title, severity, verdict, said}]}
}

const SEVERITIES = ['blocker', 'warning', 'info']

/** Verdicts of several, checks by their ids, findings by how bad they are. */
export function joinVerdicts(all: readonly Verdicts[]): Verdicts {
  const rank = ({severity, verdict}: ImportFinding) =>
    SEVERITIES.indexOf(severity) + (verdict === 'fail' ? 0 : SEVERITIES.length)
  const findings = all.flatMap((one) => one.findings)
  return {
    findings: findings.toSorted((a, b) => rank(a) - rank(b) || (a.check < b.check ? -1 : a.check > b.check ? 1 : 0)),
    checks: all.flatMap((one) => one.checks).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }
}
