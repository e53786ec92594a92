import * as Args from '@oclif/core/args'
import type {RunSummary} from '../../lib/bench/metrics/summary.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {benchGateFlags} from '../../lib/cli/bench-flags.js'

export default class BenchMerge extends BaseCommand {
  static override strict = false
  static override summary = 'join the shards of one bench run, sample by sample'
  static override description =
    'Shards are what bench run --shard i/N made of one plan, in folders or under a prefix of S3. Their samples are put together and all numbers made anew of them: no percentile is averaged, and shards that began together give the numbers of one machine. Shards of different plans are refused with what differs; missing ones are named, and the run is marked partial.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> s3://my-bucket/bench',
    '<%= config.bin %> <%= command.id %> results/shard-0-of-2 results/shard-1-of-2',
  ]
  static override permissions = ['s3:GetObject', 's3:ListBucket']
  static override seeAlso = ['bench run', 'bench export kubernetes', 'bench show']
  static override args = {
    place: Args.string({description: 'folder or s3:// prefix of shards, or a run; several may follow', required: true}),
  }
  static override flags = {...benchGateFlags}

  async run(): Promise<RunSummary> {
    const {argv, flags, settings} = await this.open(BenchMerge)
    const [{mergePlaces}, {runView}, {openRuns}, {judgeKept, readKeptGates}] = await Promise.all([
      import('../../lib/cli/bench-results.js'),
      import('../../lib/bench/show/render-run.js'),
      import('../../lib/cli/open-runs.js'),
      import('../../lib/cli/bench-gates.js'),
    ])
    const onClose = (close: () => Promise<void>) => this.onClose(close)
    await readKeptGates(flags)
    const {store} = await openRuns()
    const merged = await mergePlaces(argv, {...this.frame(settings), onClose})
    return this.print(await judgeKept(merged, flags, store), runView)
  }
}
