import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {BenchDeleteResult} from '../../lib/bench/delete/bench-delete.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class BenchDelete extends BaseCommand {
  static override strict = false
  static override summary = 'delete bench runs from this machine'
  static override description =
    'Runs are named by their whole ids, and deleting is confirmed: samples, telemetry and summary go, and cannot be brought back.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261121-190455-kqzt --dry-run',
    '<%= config.bin %> <%= command.id %> 20261121-190455-kqzt 20261120-080000-abcd --yes',
  ]
  static override seeAlso = ['bench list']
  static override args = {run: Args.string({description: 'id of a run; several may follow', required: true})}
  static override flags = {
    'dry-run': Flags.boolean({description: 'show what would be deleted and do nothing', default: false}),
  }

  async run(): Promise<BenchDeleteResult> {
    const {argv, flags} = await this.open(BenchDelete)
    const [{deleteRunsQuestion, findRuns}, {benchDeleteView}, {openRuns}] = await Promise.all([
      import('../../lib/bench/delete/delete-runs.js'),
      import('../../lib/bench/delete/render-delete.js'),
      import('../../lib/cli/open-runs.js'),
    ])
    const {store} = await openRuns()
    const rows = findRuns(argv, await store.list())
    const answer = {schemaVersion: 1, simulated: false, unread: [], rows} as const
    if (flags['dry-run']) return this.print({...answer, outcome: 'would-delete'}, benchDeleteView)
    await this.confirm(deleteRunsQuestion(rows))
    for (const {id} of rows) await store.remove(id)
    return this.print({...answer, outcome: 'deleted'}, benchDeleteView)
  }
}
