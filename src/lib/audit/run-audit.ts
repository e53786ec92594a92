import {hash} from 'node:crypto'
import {READS} from '../account/reads.js'
import type {AuditContext} from './audit-context.js'
import type {AuditReport, CheckSummary} from './audit-report.schema.js'
import {applyBaseline} from './baseline/apply-baseline.js'
import type {OpenBaseline} from './baseline/baseline.schema.js'
import type {Check, Judged} from './check.js'
import {CATALOGUE_AS_OF} from './checks/all-checks.js'
import type {Finding, Fix, Severity, Verdict} from './finding.schema.js'
import {type GateInput, gateOf} from './gate.js'
import {regionPlace, unknown} from './judge-resource.js'
import {compareFindings, SEVERITIES, VERDICTS, worstVerdict} from './order.js'
import {isPasteSafe} from './paste-safe.js'

export interface AuditOptions extends GateInput {
  readonly checks: readonly Check[]
  readonly toolVersion: string
  /** Files, for the report. */
  readonly snapshotFile: string | null
  readonly projectFile: string | null
  readonly baseline?: OpenBaseline | undefined
  /** Day on which acceptances are held to be over or not; ISO date. */
  readonly today: string
}

/** Judges an account snapshot. The same snapshot, project and baseline give the same report, finding by finding. */
export function runAudit(context: AuditContext, options: AuditOptions): AuditReport {
  const {snapshot} = context
  const judged = options.checks.flatMap((check) => findingsOf(check, context))
  const {findings, summary: baseline} = applyBaseline(judged, options.baseline, options.today)
  const sorted = findings.toSorted(compareFindings)
  const gate = gateOf(sorted, options)
  return {
    schemaVersion: 1,
    simulated: snapshot.simulated,
    unread: snapshot.unread,
    kind: 'bedrockctl-audit',
    tool: {name: 'bedrockctl', version: options.toolVersion},
    account: snapshot.caller.account,
    partition: snapshot.partition,
    regions: snapshot.regions.map(({name}) => name),
    takenAt: snapshot.takenAt,
    snapshot: options.snapshotFile,
    project: options.projectFile,
    catalogueAsOf: CATALOGUE_AS_OF,
    summary: countBy(VERDICTS, sorted, ({verdict}) => verdict),
    failures: countBy(
      SEVERITIES,
      sorted.filter(({verdict}) => verdict === 'FAIL'),
      ({severity}) => severity,
    ),
    checks: summarise(options.checks, sorted),
    findings: sorted,
    ...(baseline && {baseline}),
    ...(gate && {gate}),
  }
}

/** What one check says, each place once: the worst stands where a check says two things of one. */
function findingsOf(check: Check, context: AuditContext): readonly Finding[] {
  const found = new Map<string, Finding>()
  for (const judged of check.judge(context)) {
    const finding = toFinding(check, judged, context.snapshot.caller.account)
    const known = found.get(finding.fingerprint)
    if (known === undefined || worstVerdict([known.verdict, finding.verdict]) !== known.verdict) {
      found.set(finding.fingerprint, finding)
    }
  }
  if (found.size > 0) return [...found.values()]
  return [toFinding(check, nothingToJudge(check, context), context.snapshot.caller.account)]
}

/** What a snapshot never looked for is not known to be absent. */
function nothingToJudge({resource, reads}: Check, {snapshot}: AuditContext): Judged {
  const place = regionPlace('global')
  const missing = reads
    .filter((id) => (snapshot.reads[id]?.length ?? 0) === 0)
    .map((id) => ({
      action: READS[id].actions[0] ?? id,
      code: 'NOT_COLLECTED',
      reason: `the snapshot does not hold ${id}`,
    }))
  if (missing.length > 0) return unknown(place, missing)
  return {...place, verdict: 'NOT_APPLICABLE', message: `There is no ${resource} to judge.`}
}

function toFinding(check: Check, judged: Judged, account: string): Finding {
  const {region, resource, aspect, verdict, fix} = judged
  // `account` stands for the account itself wherever a check says something about all of it.
  const named = resource.type === 'account' ? {...resource, id: account} : resource
  return {
    fingerprint: fingerprint([check.id, account, region, named.id, aspect ?? '']),
    check: check.id,
    family: check.family,
    severity: judged.severity ?? check.severity,
    verdict,
    title: check.title,
    region,
    resource: named,
    ...(aspect !== undefined && {aspect}),
    message: judged.message,
    why: check.why,
    evidence: judged.evidence ?? [],
    missing: judged.missing ?? [],
    ...(verdict === 'FAIL' && fix && {fix: pasteable(fix)}),
    references: check.references,
  }
}

/** Without the command lines that a name from outside would make into something else. */
function pasteable(fix: Fix): Fix {
  return fix.cli.every(isPasteSafe) ? fix : {...fix, cli: fix.cli.filter(isPasteSafe)}
}

function fingerprint(parts: readonly string[]): string {
  return hash('sha256', JSON.stringify(parts)).slice(0, 16)
}

function summarise(checks: readonly Check[], findings: readonly Finding[]): readonly CheckSummary[] {
  const byCheck = new Map<string, Finding[]>(checks.map(({id}) => [id, []]))
  for (const finding of findings) byCheck.get(finding.check)?.push(finding)
  const rows = checks.map(({id, family, severity, title}): CheckSummary => {
    const own = byCheck.get(id) ?? []
    const verdict = worstVerdict(own.map((one) => one.verdict))
    return {id, family, severity, title, verdict, findings: countBy(VERDICTS, own, (one) => one.verdict)}
  })
  const rank = ({verdict, severity}: CheckSummary) => VERDICTS.indexOf(verdict) * 10 + SEVERITIES.indexOf(severity)
  return rows.toSorted((a, b) => rank(a) - rank(b))
}

function countBy<Key extends Verdict | Severity>(
  keys: readonly Key[],
  findings: readonly Finding[],
  keyOf: (finding: Finding) => Key,
): Readonly<Record<Key, number>> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>
  for (const finding of findings) counts[keyOf(finding)] += 1
  return counts
}
