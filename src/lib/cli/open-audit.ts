import {join, relative} from 'node:path'
import type {AccountSnapshot, ReadId} from '../account/snapshot.schema.js'
import type {AuditContext} from '../audit/audit-context.js'
import type {AuditReport} from '../audit/audit-report.schema.js'
import type {Check} from '../audit/check.js'
import type {Family, Severity} from '../audit/finding.schema.js'
import type {AuditOptions} from '../audit/run-audit.js'
import type {Catalog} from '../catalog/catalog.js'
import type {FoundProject} from '../config/read-project.js'
import type {Settings} from '../config/settings.js'
import type {CommandFrame} from './base-command.js'

/** The flags of `auditFlags`, as parsed. */
export interface AuditFlags {
  readonly from: string | undefined
  readonly project: string | undefined
  readonly baseline: string | undefined
  readonly 'fail-on': AuditOptions['failOn']
  readonly 'fail-on-unknown': boolean
}

/** An account, what is expected of it, and how strict to be: ready for `runAudit`. */
export interface OpenAudit {
  readonly context: AuditContext
  readonly options: AuditOptions
}

/** The flags of `checkFlags` and `reportFlags` too. */
export interface ChosenAuditFlags extends AuditFlags {
  readonly family?: readonly Family[] | undefined
  readonly check: readonly string[] | undefined
  readonly severity: readonly Severity[] | undefined
  readonly report: readonly string[] | undefined
}

export interface ChosenAudit extends OpenAudit {
  /** Writes the files that --report names. */
  writeReports(report: AuditReport): Promise<void>
}

/** Opens an audit by the checks that the flags choose; files to be written are looked at before anything is read. */
export async function openChosenAudit(
  flags: ChosenAuditFlags,
  frame: CommandFrame,
  alsoRead: readonly ReadId[] = [],
): Promise<ChosenAudit> {
  const [{parseReportSpecs}, {ALL_CHECKS}, {selectChecks}] = await Promise.all([
    import('../audit/report/report-specs.js'),
    import('../audit/checks/all-checks.js'),
    import('../audit/select-checks.js'),
  ])
  const {family: families = [], check: ids = [], severity: severities = []} = flags
  const checks = selectChecks(ALL_CHECKS, {families, ids, severities})
  const specs = await parseReportSpecs(flags.report ?? [])
  return {
    ...(await openAudit(flags, checks, frame, alsoRead)),
    async writeReports(report) {
      if (specs.length === 0) return
      const {writeReports} = await import('../audit/report/write-reports.js')
      await writeReports(report, specs)
    },
  }
}

/**
 * Reads the account (or the snapshot named), the project and the baseline. Files are looked at before a call is made.
 * `alsoRead` is for whoever looks at more than the checks do.
 */
export async function openAudit(
  flags: AuditFlags,
  checks: readonly Check[],
  frame: CommandFrame,
  alsoRead: readonly ReadId[] = [],
): Promise<OpenAudit> {
  const [{createAuditContext}, {readIamFacts}] = await Promise.all([
    import('../audit/audit-context.js'),
    import('../iam/read-iam-facts.js'),
  ])
  const [found, baseline] = await Promise.all([
    findProject(flags.project, frame.settings),
    openBaseline(flags.baseline),
  ])
  const {snapshot, catalog} = await (flags.from === undefined
    ? readAccount(checks, alsoRead, found, frame)
    : readSaved(flags.from, frame.settings))
  return {
    context: createAuditContext({snapshot, catalog, project: found.project, iam: readIamFacts()}),
    options: {
      checks,
      baseline,
      toolVersion: frame.toolVersion,
      snapshotFile: flags.from ?? null,
      projectFile: found.file,
      failOn: flags['fail-on'],
      failOnUnknown: flags['fail-on-unknown'],
      today: new Date().toISOString().slice(0, 10),
    },
  }
}

/** A scenario of the sandbox brings what its owners expect, where nobody says otherwise. */
export async function findProject(named: string | undefined, {sandbox}: Settings): Promise<FoundProject> {
  const {readProject} = await import('../config/read-project.js')
  const {file, project} = await readProject(named, process.cwd())
  if (file !== null) return {file: named ?? relative(process.cwd(), file), project}
  if (sandbox === undefined) return {file, project}
  const [{packageRoot}, {stat}] = await Promise.all([import('../core/package-root.js'), import('node:fs/promises')])
  const own = join(packageRoot(), 'data', 'sandbox', 'projects', `${sandbox}.yaml`)
  const exists = await stat(own).catch(() => undefined)
  if (exists === undefined) return {file, project}
  return {file: `scenario ${sandbox}`, project: (await readProject(own, process.cwd())).project}
}

async function openBaseline(file: string | undefined): Promise<AuditOptions['baseline']> {
  if (file === undefined) return undefined
  const {readBaseline} = await import('../audit/baseline/baseline-store.js')
  return readBaseline(file)
}

interface Account {
  readonly snapshot: AccountSnapshot
  readonly catalog: Catalog
}

async function readAccount(
  checks: readonly Check[],
  alsoRead: readonly ReadId[],
  {project}: FoundProject,
  frame: CommandFrame,
): Promise<Account> {
  const [{takeSnapshot}, {readsOfChecks}] = await Promise.all([
    import('./take-snapshot.js'),
    import('../audit/select-checks.js'),
  ])
  const {settings, toolVersion, signal, progress} = frame
  const connection = await frame.connect()
  const regions = settings.regions.length > 0 ? settings.regions : project.regions
  const models = [...new Set(project.workloads.flatMap((workload) => workload.models))]
  const {snapshot} = await takeSnapshot(
    {reads: [...readsOfChecks(checks), ...alsoRead], settings: {...settings, regions}, toolVersion, models},
    connection,
    {signal, progress},
  )
  return {snapshot, catalog: connection.catalog}
}

async function readSaved(file: string, {regions}: Settings): Promise<Account> {
  const [{readSnapshot}, {keepRegions}, {openCatalog}, {spareMemory}] = await Promise.all([
    import('../account/snapshot-store.js'),
    import('../account/keep-regions.js'),
    import('../catalog/open-catalog.js'),
    import('./spare-memory.js'),
  ])
  await spareMemory(file)
  const [snapshot, catalog] = await Promise.all([readSnapshot(file), openCatalog()])
  return {snapshot: keepRegions(snapshot, regions), catalog}
}
