import * as Flags from '@oclif/core/flags'
import type {AuditReport} from '../../lib/audit/audit-report.schema.js'
import {auditFlags, checkFlags, reportFlags} from '../../lib/cli/audit-flags.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {SNAPSHOT_ACTIONS} from '../../lib/cli/snapshot-actions.js'

export default class AuditRunCommand extends BaseCommand {
  static override summary = 'judge an account: is the path private, the permission least, the log kept, the key ours?'
  static override description =
    'Reads what the chosen checks need and judges it; nothing is changed. A FAIL is a definite defect. What could not be read, or cannot be told, is UNKNOWN and never a pass. What bedrockctl.yaml declares (workloads, approved Regions, auditors) is held against the account; what it does not declare is not judged. The last audit of an account is kept on this machine for monitor; BEDROCKCTL_STATE_DIR says where.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --sandbox=misconfigured',
    '<%= config.bin %> <%= command.id %> --region all --fail-on high --report html=audit.html --report sarif=audit.sarif',
    '<%= config.bin %> <%= command.id %> --from snapshot.json --family IAM --baseline audit-baseline.json',
    '<%= config.bin %> <%= command.id %> --check EP-03,EP-04 -o csv',
  ]
  static override permissions = SNAPSHOT_ACTIONS
  static override seeAlso = ['audit checks', 'audit baseline', 'audit endpoints', 'audit iam', 'monitor', 'readiness']
  static override flags = {
    ...checkFlags,
    ...auditFlags,
    ...reportFlags,
    all: Flags.boolean({description: 'list also what is in order, muted or not applicable'}),
  }

  async run(): Promise<AuditReport> {
    const {flags, settings} = await this.open(AuditRunCommand)
    const [{openChosenAudit}, {keepLastAudit}, {runAudit}, {auditView}] = await Promise.all([
      import('../../lib/cli/open-audit.js'),
      import('../../lib/cli/keep-audit.js'),
      import('../../lib/audit/run-audit.js'),
      import('../../lib/audit/report/render-audit.js'),
    ])
    const {context, options, writeReports} = await openChosenAudit(flags, this.frame(settings))
    const report = runAudit(context, options)
    await writeReports(report)
    await keepLastAudit(report, settings, (text) => this.note(text))
    return this.print(report, auditView({all: flags.all}))
  }
}
