import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {AccountDiff} from '../../lib/account/diff/diff.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class AccountDiffCommand extends BaseCommand {
  static override summary = 'tell what changed between two saved account snapshots'
  static override description =
    'Compares what is set up: resources, their settings, the statements of policies. What only one snapshot could read is listed apart and is never told as removed. Usage, events and times of last use are left out. Reads two files and makes no call.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> monday.json today.json',
    '<%= config.bin %> <%= command.id %> monday.json today.json --fail-on-change',
    '<%= config.bin %> <%= command.id %> monday.json today.json -o csv',
  ]
  static override seeAlso = ['account snapshot', 'models lock']
  static override args = {
    before: Args.string({description: 'the earlier snapshot', required: true}),
    after: Args.string({description: 'the later snapshot', required: true}),
  }
  static override flags = {
    'fail-on-change': Flags.boolean({description: 'exit 3 when something changed'}),
  }

  async run(): Promise<AccountDiff> {
    const {args, flags} = await this.open(AccountDiffCommand)
    const [{diffSnapshots}, {diffView}, {readSnapshot}] = await Promise.all([
      import('../../lib/account/diff/diff-snapshots.js'),
      import('../../lib/account/diff/render-diff.js'),
      import('../../lib/account/snapshot-store.js'),
    ])
    const [before, after] = await Promise.all([readSnapshot(args.before), readSnapshot(args.after)])
    const result = diffSnapshots(
      {file: args.before, snapshot: before},
      {file: args.after, snapshot: after},
      flags['fail-on-change'],
    )
    return this.print(result, diffView)
  }
}
