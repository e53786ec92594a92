import * as Flags from '@oclif/core/flags'
import type {AuditEndpoints} from '../../lib/audit/endpoints/audit-endpoints.schema.js'
import {ENDPOINT_ACTIONS, ENDPOINT_READS} from '../../lib/cli/audit-actions.js'
import {auditFlags, checkFlags, reportFlags} from '../../lib/cli/audit-flags.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

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
    ...reportFlags,
    all: Flags.boolean({description: 'every Region with a VPC, and also what is in order, muted or not applicable'}),
  }

  async run(): Promise<AuditEndpoints> {
    const {flags, settings} = await this.open(AuditEndpointsCommand)
    const [{openChosenAudit}, {auditEndpoints}, {auditEndpointsView}] = await Promise.all([
      import('../../lib/cli/open-audit.js'),
      import('../../lib/audit/endpoints/audit-endpoints.js'),
      import('../../lib/audit/endpoints/render-audit-endpoints.js'),
    ])
    const chosen = {...flags, family: ['EP'] as const}
    const {context, options, writeReports} = await openChosenAudit(chosen, this.frame(settings), ENDPOINT_READS)
    const result = auditEndpoints(context, options)
    await writeReports(result.report)
    return this.print(result, auditEndpointsView({all: flags.all}))
  }
}
