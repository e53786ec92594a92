import * as Flags from '@oclif/core/flags'
import type {AuditIam} from '../../lib/audit/iam-view/audit-iam.schema.js'
import {IAM_ACTIONS, IAM_READS} from '../../lib/cli/audit-actions.js'
import {auditFlags, checkFlags, reportFlags} from '../../lib/cli/audit-flags.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

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
    ...reportFlags,
    all: Flags.boolean({description: 'every principal, and also what is in order, muted or not applicable'}),
  }

  async run(): Promise<AuditIam> {
    const {flags, settings} = await this.open(AuditIamCommand)
    const [{openChosenAudit}, {auditIam}, {auditIamView}] = await Promise.all([
      import('../../lib/cli/open-audit.js'),
      import('../../lib/audit/iam-view/audit-iam.js'),
      import('../../lib/audit/iam-view/render-audit-iam.js'),
    ])
    const chosen = {...flags, family: ['IAM'] as const}
    const {context, options, writeReports} = await openChosenAudit(chosen, this.frame(settings), IAM_READS)
    const result = auditIam(context, options)
    await writeReports(result.report)
    return this.print(result, auditIamView({all: flags.all}))
  }
}
