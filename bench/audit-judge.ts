// Judging a large account by every check: npm run bench -- audit-judge [--principals N] [--rounds N] [--assert]
// Only the judging is timed, from a parsed snapshot to a sorted report; the policies are compiled within it.
import type {AccountSnapshot} from '../src/lib/account/snapshot.schema.js'
import {createAuditContext} from '../src/lib/audit/audit-context.js'
import type {Check} from '../src/lib/audit/check.js'
import {ALL_CHECKS} from '../src/lib/audit/checks/all-checks.js'
import {runAudit} from '../src/lib/audit/run-audit.js'
import {contextOf} from '../test/support/audit-case.js'
import {largeAccount} from './support/large-account.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'

const REGIONS = [
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-south-1',
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'sa-east-1',
  'eu-south-2',
]
const PROJECT = {
  regions: REGIONS.slice(0, 2),
  approvedRegions: REGIONS.slice(0, 6),
  routing: {profileOnly: true},
  network: {privateOnly: true},
  principals: {breakGlass: ['role/role-0'], auditors: ['role/role-100']},
}

const principals = numberOption('principals', 10_000)
const rounds = numberOption('rounds', 5)
const {saved, project, catalog, iam} = prepare()

const times: number[] = []
const cpuTimes: number[] = []
let findings = 0
for (let round = 0; round <= rounds; round += 1) {
  // Parsed anew, so that nothing is kept from the round before.
  const fresh = {snapshot: JSON.parse(saved) as AccountSnapshot, project, catalog, iam}
  const started = performance.now()
  const cpu = process.cpuUsage()
  const report = judgeAll(fresh, ALL_CHECKS)
  const ms = performance.now() - started
  const {user, system} = process.cpuUsage(cpu)
  cpuTimes.push((user + system) / 1000)
  findings = report.findings.length
  // The first is slower: as in a process of its own, nothing is compiled yet.
  times.push(ms)
}
report()

/** Of the account only its text is kept: as in a process of its own, one copy is in memory while it is judged. */
function prepare() {
  const {snapshot, ...rest} = contextOf({
    regions: REGIONS,
    project: PROJECT,
    reads: largeAccount({principals, regions: REGIONS, modelsPerRegion: 30}),
  })
  return {saved: JSON.stringify(snapshot), project: rest.project, catalog: rest.catalog, iam: rest.iam}
}

function judgeAll(input: Parameters<typeof createAuditContext>[0], checks: readonly Check[]) {
  return runAudit(createAuditContext(input), {
    checks,
    toolVersion: '0.0.0',
    snapshotFile: null,
    projectFile: null,
    failOnUnknown: false,
    today: '2026-11-21',
  })
}

function report(): void {
  const [first = Number.NaN, ...others] = times
  console.log(describeMachine())
  console.log(
    `${principals} principals, ${REGIONS.length} Regions, ${ALL_CHECKS.length} checks, ${findings} findings\n`,
  )
  const input = {snapshot: JSON.parse(saved) as AccountSnapshot, project, catalog, iam}
  const context = createAuditContext(input)
  const dearest = ALL_CHECKS.map((check) => {
    const started = performance.now()
    const count = [...check.judge(context)].length
    return {id: check.id, ms: performance.now() - started, count}
  }).sort((a, b) => b.ms - a.ms)
  for (const {id, ms, count} of dearest.slice(0, 8))
    console.log(`${id.padEnd(8)} ${ms.toFixed(0).padStart(6)} ms  ${count} judgements`)
  console.log(
    `\nfirst round ${first.toFixed(0)} ms (CPU ${cpuTimes[0]?.toFixed(0)} ms); median of ${others.length} more: ${median(others).toFixed(0)} ms`,
  )
  judge([
    {says: `judging ${principals} principals, first round`, value: first, bound: 2000, unit: 'ms', kind: 'at most'},
  ])
}
