import * as Flags from '@oclif/core/flags'
import type {AuditReport} from '../../lib/audit/audit-report.schema.js'
import {auditFlags, checkFlags} from '../../lib/cli/audit-flags.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'
import {SNAPSHOT_ACTIONS} from '../../lib/cli/snapshot-actions.js'

export default class AuditRunCommand extends BaseCommand {
  static override summary = 'judge an account: is the path private, the permission least, the log kept, the key ours?'
  static override description =
    'Reads what the chosen checks need and judges it; nothing is changed. A FAIL is a definite defect. What could not be read, or cannot be told, is UNKNOWN and never a pass. What bedrockctl.yaml declares (workloads, approved Regions, auditors) is held against the account; what it does not declare is not judged.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --sandbox=misconfigured',
    '<%= config.bin %> <%= command.id %> --region all --fail-on high --report html=audit.html --report sarif=audit.sarif',
    '<%= config.bin %> <%= command.id %> --from snapshot.json --family IAM --baseline audit-baseline.json',
    '<%= config.bin %> <%= command.id %> --check EP-03,EP-04 -o csv',
  ]
  static override permissions = SNAPSHOT_ACTIONS
  static override seeAlso = ['audit checks', 'audit baseline', 'audit endpoints', 'audit iam', 'readiness']
  static override flags = {
    ...checkFlags,
    ...auditFlags,
    all: Flags.boolean({description: 'list also what is in order, muted or not applicable'}),
    output: Flags.string({
      char: 'o',
      description: 'format of the answer',
      env: 'BEDROCKCTL_OUTPUT',
      helpGroup: 'GLOBAL',
      options: [...COMMON_FORMATS, 'html', 'sarif', 'junit', 'ocsf', 'asff'],
    }),
    report: Flags.string({
      description: 'write the report also to a file, as FORMAT=FILE; repeatable',
      helpValue: 'FORMAT=FILE',
      multiple: true,
      multipleNonGreedy: true,
    }),
  }

  async run(): Promise<AuditReport> {
    const {flags, settings} = await this.open(AuditRunCommand)
    const [{parseReportSpecs}, {ALL_CHECKS}, {selectChecks}, {openAudit}, {runAudit}, {auditView}] = await Promise.all([
      import('../../lib/audit/report/report-specs.js'),
      import('../../lib/audit/checks/all-checks.js'),
      import('../../lib/audit/select-checks.js'),
      import('../../lib/cli/open-audit.js'),
      import('../../lib/audit/run-audit.js'),
      import('../../lib/audit/report/render-audit.js'),
    ])
    const {family: families = [], check: ids = [], severity: severities = []} = flags
    const checks = selectChecks(ALL_CHECKS, {families, ids, severities})
    const specs = await parseReportSpecs(flags.report ?? [])
    const {context, options} = await openAudit(flags, checks, this.frame(settings))
    const report = runAudit(context, options)
    if (specs.length > 0) {
      const {writeReports} = await import('../../lib/audit/report/write-reports.js')
      await writeReports(report, specs)
    }
    return this.print(report, auditView({all: flags.all}))
  }
}
