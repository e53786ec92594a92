import * as Flags from '@oclif/core/flags'
import type {AuditEndpoints} from '../../lib/audit/endpoints/audit-endpoints.schema.js'
import {ENDPOINT_ACTIONS, ENDPOINT_READS} from '../../lib/cli/audit-actions.js'
import {auditFlags, checkFlags} from '../../lib/cli/audit-flags.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'

const {check, severity} = checkFlags

export default class AuditEndpointsCommand extends BaseCommand {
  static override summary =
    'judge the network path: how each VPC reaches each service of Bedrock, and what is wrong with it'
  static override description =
    'Sets every VPC against every service of Bedrock, Region by Region: an endpoint that answers to the usual name, one that a hosted zone shares, one without private DNS, one that is not available, or none. Then come the findings of the checks of the network path. Nothing is changed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --sandbox=misconfigured',
    '<%= config.bin %> <%= command.id %> --region eu-central-1 --fail-on high --report html=network.html',
    '<%= config.bin %> <%= command.id %> --from snapshot.json -o csv',
  ]
  static override permissions = ENDPOINT_ACTIONS
  static override seeAlso = ['audit run', 'audit iam', 'audit checks']
  static override flags = {
    check,
    severity,
    ...auditFlags,
    all: Flags.boolean({description: 'every Region with a VPC, and also what is in order, muted or not applicable'}),
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

  async run(): Promise<AuditEndpoints> {
    const {flags, settings} = await this.open(AuditEndpointsCommand)
    const [{parseReportSpecs}, {ALL_CHECKS}, {selectChecks}, {openAudit}, {auditEndpoints}, {auditEndpointsView}] =
      await Promise.all([
        import('../../lib/audit/report/report-specs.js'),
        import('../../lib/audit/checks/all-checks.js'),
        import('../../lib/audit/select-checks.js'),
        import('../../lib/cli/open-audit.js'),
        import('../../lib/audit/endpoints/audit-endpoints.js'),
        import('../../lib/audit/endpoints/render-audit-endpoints.js'),
      ])
    const {check: ids = [], severity: severities = []} = flags
    const checks = selectChecks(ALL_CHECKS, {families: ['EP'], ids, severities})
    const specs = await parseReportSpecs(flags.report ?? [])
    const {context, options} = await openAudit(flags, checks, this.frame(settings), ENDPOINT_READS)
    const result = auditEndpoints(context, options)
    if (specs.length > 0) {
      const {writeReports} = await import('../../lib/audit/report/write-reports.js')
      await writeReports(result.report, specs)
    }
    return this.print(result, auditEndpointsView({all: flags.all}))
  }
}
