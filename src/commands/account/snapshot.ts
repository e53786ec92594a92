import * as Flags from '@oclif/core/flags'
import type {AccountSnapshot} from '../../lib/account/snapshot.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {SNAPSHOT_ACTIONS} from '../../lib/cli/snapshot-actions.js'

export default class AccountSnapshotCommand extends BaseCommand {
  static override summary = 'read what an account holds for Bedrock, as one document that audits and policies judge'
  static override description =
    'Every call in every Region is recorded with what it gave or why it could not be made; exit 6 when something was not read. The document holds no secrets, prompts or addresses, and judging it later (--from) makes no calls. Ctrl-C saves what is whole; --resume takes it up.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --region all --out snapshot.json',
    '<%= config.bin %> <%= command.id %> --for iam --json',
    '<%= config.bin %> <%= command.id %> --reads bedrock:guardrails,kms --region eu-central-1',
    '<%= config.bin %> <%= command.id %> --resume snapshot.json --max-age 2h',
    '<%= config.bin %> <%= command.id %> --from snapshot.json -o csv',
  ]
  static override permissions = SNAPSHOT_ACTIONS
  static override seeAlso = ['account diff', 'account quotas', 'doctor']
  static override flags = {
    from: Flags.string({description: 'show this saved snapshot and make no call', helpValue: 'FILE'}),
    for: Flags.option({options: ['all', 'audit', 'iam'] as const})({
      description: 'read what this needs (all unless given)',
      exclusive: ['reads', 'from'],
    }),
    reads: Flags.string({
      description: 'read only these, and what they build on: ids or services, repeatable',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      exclusive: ['from'],
    }),
    out: Flags.string({description: 'save the document here', helpValue: 'FILE', exclusive: ['from']}),
    resume: Flags.string({
      description: 'keep of this snapshot what is whole and younger than --max-age (1h), read the rest, save it again',
      helpValue: 'FILE',
      exclusive: ['from'],
    }),
  }

  async run(): Promise<AccountSnapshot> {
    const {flags, settings} = await this.open(AccountSnapshotCommand)
    const {snapshotView} = await import('../../lib/account/render-snapshot.js')
    if (flags.from !== undefined) {
      const {readSnapshot} = await import('../../lib/account/snapshot-store.js')
      return this.print(await readSnapshot(flags.from), snapshotView)
    }
    const [{takeSnapshot}, {readsFor, selectReads}] = await Promise.all([
      import('../../lib/cli/take-snapshot.js'),
      import('../../lib/account/select-reads.js'),
    ])
    const {snapshot, note} = await takeSnapshot(
      {
        reads: flags.reads ? selectReads(flags.reads) : flags.for ? readsFor(flags.for) : undefined,
        out: flags.out,
        resume: flags.resume,
        settings,
        toolVersion: this.config.version,
      },
      await this.connect(settings),
      {signal: this.signal, progress: this.progress},
    )
    const result = await this.print(snapshot, snapshotView)
    if (note !== undefined) this.note(note)
    return result
  }
}
