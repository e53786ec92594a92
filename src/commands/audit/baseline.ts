import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {AuditBaseline} from '../../lib/audit/baseline/audit-baseline.schema.js'
import {auditFlags} from '../../lib/cli/audit-flags.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {SNAPSHOT_ACTIONS} from '../../lib/cli/snapshot-actions.js'

export default class AuditBaselineCommand extends BaseCommand {
  static override summary = 'accept findings for a time, with a reason and an owner; without any, list what is accepted'
  static override description =
    'What is accepted is MUTED in audits that are given the file, until the day it expires; then it fails again. Acceptances that nothing needs any more are named by audit run. Only what fails can be accepted.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 3f9a1c --reason "closed network, no outsiders" --owner platform --expires 90d --from snapshot.json',
    '<%= config.bin %> <%= command.id %> --check ENC-06 --reason "keys come in Q1" --owner data --expires 2027-03-31',
    '<%= config.bin %> <%= command.id %>',
  ]
  static override permissions = SNAPSHOT_ACTIONS
  static override seeAlso = ['audit run']
  static override args = {
    fingerprints: Args.string({description: 'findings to accept: fingerprints, or how they begin; several may follow'}),
  }
  static override strict = false
  static override flags = {
    file: Flags.string({description: 'the baseline', default: 'audit-baseline.json', helpValue: 'FILE'}),
    check: Flags.string({
      description: 'accept everything that fails one check; repeatable',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    }),
    reason: Flags.string({description: 'why it is acceptable'}),
    owner: Flags.string({description: 'who answers for it'}),
    expires: Flags.string({description: 'last day on which it holds: a date, or a span such as 90d'}),
    'dry-run': Flags.boolean({description: 'show what would be accepted; write nothing'}),
    from: auditFlags.from,
    project: auditFlags.project,
  }

  async run(): Promise<AuditBaseline> {
    const {flags, argv, settings} = await this.open(AuditBaselineCommand)
    const [{baselineView}, {showBaseline}, {openBaseline}] = await Promise.all([
      import('../../lib/audit/baseline/render-baseline.js'),
      import('../../lib/audit/baseline/show-baseline.js'),
      import('../../lib/audit/baseline/baseline-store.js'),
    ])
    const today = new Date().toISOString().slice(0, 10)
    const {file, reason, owner, expires, check: checks = [], 'dry-run': dryRun} = flags
    const before = await openBaseline(file)
    if (argv.length === 0 && checks.length === 0) {
      return this.print(showBaseline({file, accepted: before, added: [], written: false, today}), baselineView)
    }
    const [{parseAcceptance}, {acceptFindings}, {ALL_CHECKS}, {runAudit}, {openAudit}] = await Promise.all([
      import('../../lib/audit/baseline/parse-acceptance.js'),
      import('../../lib/audit/baseline/accept-findings.js'),
      import('../../lib/audit/checks/all-checks.js'),
      import('../../lib/audit/run-audit.js'),
      import('../../lib/cli/open-audit.js'),
    ])
    const input = parseAcceptance({fingerprints: argv, checks, reason, owner, expires, today})
    const {context, options} = await openAudit(
      {...flags, baseline: undefined, 'fail-on': undefined, 'fail-on-unknown': false},
      ALL_CHECKS,
      this.frame(settings),
    )
    const {findings, simulated} = runAudit(context, options)
    const {accepted, added} = acceptFindings(findings, before, input)
    if (!dryRun) {
      const {writeBaseline} = await import('../../lib/audit/baseline/baseline-store.js')
      await writeBaseline({file, accepted})
    }
    return this.print(showBaseline({file, accepted, added, written: !dryRun, today, simulated}), baselineView)
  }
}
