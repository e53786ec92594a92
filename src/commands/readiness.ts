import * as Flags from '@oclif/core/flags'
import {auditFlags} from '../lib/cli/audit-flags.js'
import {BaseCommand} from '../lib/cli/base-command.js'
import {SNAPSHOT_ACTIONS} from '../lib/cli/snapshot-actions.js'
import type {Readiness} from '../lib/readiness/readiness.schema.js'

/** What the gates about models look at, whatever the checks do. */
const READS = ['bedrock:foundation-models', 'bedrock:inference-profiles'] as const

export default class ReadinessCommand extends BaseCommand {
  static override summary = 'tell on one page whether Bedrock can be adopted as planned'
  static override description =
    'Each gate is answered by rule, with its evidence, owner and effort: from the checks of the audit, from the catalog and from what bedrockctl.yaml declares. A critical or high defect is NOT_READY; what is not known is INSUFFICIENT_DATA, never READY.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --sandbox=clean',
    '<%= config.bin %> <%= command.id %> --from snapshot.json --fail-if-not-ready',
    '<%= config.bin %> <%= command.id %> -o markdown',
  ]
  static override permissions = SNAPSHOT_ACTIONS
  static override seeAlso = ['audit run', 'models availability', 'features list']
  static override flags = {
    from: auditFlags.from,
    project: auditFlags.project,
    baseline: auditFlags.baseline,
    'fail-if-not-ready': Flags.boolean({description: 'exit 3 when a gate is NOT_READY or INSUFFICIENT_DATA'}),
  }

  async run(): Promise<Readiness> {
    const {flags, settings} = await this.open(ReadinessCommand)
    const [{ALL_CHECKS}, {openAudit}, {runAudit}, {assessReadiness}, {readinessView}] = await Promise.all([
      import('../lib/audit/checks/all-checks.js'),
      import('../lib/cli/open-audit.js'),
      import('../lib/audit/run-audit.js'),
      import('../lib/readiness/assess-readiness.js'),
      import('../lib/readiness/render-readiness.js'),
    ])
    const open = {...flags, 'fail-on': undefined, 'fail-on-unknown': false}
    const {context, options} = await openAudit(open, ALL_CHECKS, this.frame(settings), READS)
    const {snapshot, project, catalog} = context
    const [features, prices] = await Promise.all([catalog.features(), catalog.prices()])
    const result = assessReadiness({
      report: runAudit(context, options),
      ...{snapshot, project, catalog, features, prices},
      failIfNotReady: flags['fail-if-not-ready'],
    })
    return this.print(result, readinessView)
  }
}
