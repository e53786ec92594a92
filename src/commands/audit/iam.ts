import * as Flags from '@oclif/core/flags'
import type {AuditIam} from '../../lib/audit/iam-view/audit-iam.schema.js'
import {IAM_ACTIONS, IAM_READS} from '../../lib/cli/audit-actions.js'
import {auditFlags, checkFlags} from '../../lib/cli/audit-flags.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'

const {check, severity} = checkFlags

export default class AuditIamCommand extends BaseCommand {
  static override summary = 'judge permissions: who may call which model by which route, and what is wrong with it'
  static override description =
    'Sets every principal that may invoke something against every model that a workload declares or that metrics and events show, In-Region, geographic and Global told apart, and says which leg of a blocked call is denied by what. Then come the findings of the checks of permissions. Nothing is changed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --sandbox=misconfigured',
    '<%= config.bin %> <%= command.id %> --region eu-central-1 --fail-on high --report html=permissions.html',
    '<%= config.bin %> <%= command.id %> --from snapshot.json -o csv',
  ]
  static override permissions = IAM_ACTIONS
  static override seeAlso = ['audit run', 'iam simulate', 'iam who-can', 'iam generate']
  static override flags = {
    check,
    severity,
    ...auditFlags,
    all: Flags.boolean({description: 'every principal, and also what is in order, muted or not applicable'}),
    output: Flags.string({
      char: 'o',
      description: 'format of the answer',
      env: 'BEDROCKCTL_OUTPUT',
      helpGroup: 'GLOBAL',
      options: [...COMMON_FORMATS, 'html', 'sarif', 'junit', 'ocsf', 'asff'],
    }),
    report: Flags.string({
      description: 'write the findings also to a file, as FORMAT=FILE; repeatable',
      helpValue: 'FORMAT=FILE',
      multiple: true,
      multipleNonGreedy: true,
    }),
  }

  async run(): Promise<AuditIam> {
    const {flags, settings} = await this.open(AuditIamCommand)
    const [{parseReportSpecs}, {ALL_CHECKS}, {selectChecks}, {openAudit}, {auditIam}, {auditIamView}] =
      await Promise.all([
        import('../../lib/audit/report/report-specs.js'),
        import('../../lib/audit/checks/all-checks.js'),
        import('../../lib/audit/select-checks.js'),
        import('../../lib/cli/open-audit.js'),
        import('../../lib/audit/iam-view/audit-iam.js'),
        import('../../lib/audit/iam-view/render-audit-iam.js'),
      ])
    const {check: ids = [], severity: severities = []} = flags
    const checks = selectChecks(ALL_CHECKS, {families: ['IAM'], ids, severities})
    const specs = await parseReportSpecs(flags.report ?? [])
    const {context, options} = await openAudit(flags, checks, this.frame(settings), IAM_READS)
    const result = auditIam(context, options)
    if (specs.length > 0) {
      const {writeReports} = await import('../../lib/audit/report/write-reports.js')
      await writeReports(result.report, specs)
    }
    return this.print(result, auditIamView({all: flags.all}))
  }
}
