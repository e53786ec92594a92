import * as Flags from '@oclif/core/flags'
import type {BenchListResult} from '../../lib/bench/list/bench-list.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class BenchList extends BaseCommand {
  static override summary = 'list the bench runs kept on this machine'
  static override description =
    'Runs of bench run, and results that were imported or merged, newest first. A run that is unfinished is under way, or was killed: bench show makes a summary of what it left. Runs are folders; BEDROCKCTL_STATE_DIR says where.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --sort=-bytes',
  ]
  static override seeAlso = ['bench show', 'bench compare', 'bench delete']
  static override flags = {
    columns: Flags.string({description: 'columns to show, in this order'}),
    sort: Flags.string({description: 'column to sort by; -column for descending'}),
  }

  async run(): Promise<BenchListResult> {
    const {flags} = await this.open(BenchList)
    const [{listRuns}, {benchListView, sortBenchList}, {openRuns}] = await Promise.all([
      import('../../lib/bench/list/list-runs.js'),
      import('../../lib/bench/list/render-list.js'),
      import('../../lib/cli/open-runs.js'),
    ])
    const view = benchListView(flags.columns)
    const {folder, store} = await openRuns()
    const result = listRuns({runs: await store.list(), folder, nowMs: Date.now()})
    return this.print(sortBenchList(result, flags.sort), view)
  }
}
