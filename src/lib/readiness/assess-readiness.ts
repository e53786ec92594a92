import type {AuditReport} from '../audit/audit-report.schema.js'
import type {Gate} from '../core/answer.schema.js'
import {judgeFindings} from './judge-gates.js'
import {judgeBoundary, judgeCustomModels, judgeFeatures, judgeModels, type PlanFacts} from './judge-plan.js'
import type {Readiness, ReadinessAnswer, ReadinessGate} from './readiness.schema.js'

export interface ReadinessInput extends PlanFacts {
  readonly report: AuditReport
  /** The page is a gate: only READY and READY_WITH_ACTIONS pass. */
  readonly failIfNotReady: boolean
}

/** Worst first: the page is as good as its worst gate. */
const RANKS: readonly ReadinessAnswer[] = ['NOT_READY', 'INSUFFICIENT_DATA', 'READY_WITH_ACTIONS', 'READY']

/** Whether Bedrock can be adopted as planned, by rule: from the audit, the catalog and what is declared. */
export function assessReadiness({report, failIfNotReady, ...facts}: ReadinessInput): Readiness {
  const gates = [
    judgeModels(facts),
    ...judgeFindings(report, facts.project),
    judgeFeatures(facts),
    judgeCustomModels(facts),
    judgeBoundary(facts),
  ]
  const answer = RANKS.find((rank) => gates.some((gate) => gate.answer === rank)) ?? 'INSUFFICIENT_DATA'
  return {
    schemaVersion: 1,
    simulated: report.simulated,
    unread: report.unread,
    account: report.account,
    regions: report.regions,
    takenAt: report.takenAt,
    project: report.project,
    answer,
    gates,
    ...(failIfNotReady && {gate: demand(gates)}),
  }
}

function demand(gates: readonly ReadinessGate[]): Gate {
  const closed = gates.filter(({answer}) => answer === 'NOT_READY' || answer === 'INSUFFICIENT_DATA')
  return {
    requirement: 'every gate is READY or READY_WITH_ACTIONS',
    passed: closed.length === 0,
    failures: closed.map(({id, answer}) => `${id}: ${answer}`),
  }
}
