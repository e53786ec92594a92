import type {AuditChecks} from '../../lib/audit/list/audit-checks.schema.js'
import {checkFlags} from '../../lib/cli/audit-flags.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class AuditChecksCommand extends BaseCommand {
  static override summary = 'list the checks of an audit: what each demands, reads and is founded on'
  static override description =
    'One check is shown whole when it is the only one asked for. The IAM actions are those of its reads; -o json holds them for all checks.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --check EP-05',
    '<%= config.bin %> <%= command.id %> --family LOG --query "checks[].actions[]"',
  ]
  static override seeAlso = ['audit run']
  static override flags = checkFlags

  async run(): Promise<AuditChecks> {
    const {flags} = await this.open(AuditChecksCommand)
    const [{ALL_CHECKS}, {selectChecks}, {listChecks}, {checksView}] = await Promise.all([
      import('../../lib/audit/checks/all-checks.js'),
      import('../../lib/audit/select-checks.js'),
      import('../../lib/audit/list/list-checks.js'),
      import('../../lib/audit/list/render-checks.js'),
    ])
    const {family: families = [], check: ids = [], severity: severities = []} = flags
    return this.print(listChecks(selectChecks(ALL_CHECKS, {families, ids, severities})), checksView)
  }
}
