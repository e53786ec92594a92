import * as Args from '@oclif/core/args'
import type {BenchCompareResult} from '../../lib/bench/compare/bench-compare.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class BenchCompare extends BaseCommand {
  static override strict = false
  static override summary = 'hold bench runs against each other, with intervals'
  static override description =
    'The first run is the base of all others; of one run alone, its first target is the base of the others. Levels are matched by name, targets too unless each run has but one. A change comes with its 95 % interval, and one that holds 0, widened for all that is compared at once, is no difference. Repeats of a level are taken together, with an interval no narrower than they are apart. What the runs do not have alike is said first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> nightly latest',
    '<%= config.bin %> <%= command.id %> latest --query "rows[?verdict==\'worse\']"',
  ]
  static override seeAlso = ['bench show', 'bench report', 'bench run']
  static override args = {
    run: Args.string({description: 'id, name, latest or path of a run; several may follow', required: true}),
  }

  async run(): Promise<BenchCompareResult> {
    const {argv} = await this.open(BenchCompare)
    const [{compareRuns}, {benchCompareView}, {summaryOfRun}, {openRuns}] = await Promise.all([
      import('../../lib/bench/compare/compare-runs.js'),
      import('../../lib/bench/compare/render-compare.js'),
      import('../../lib/bench/runs/summary-of-run.js'),
      import('../../lib/cli/open-runs.js'),
    ])
    const {store} = await openRuns()
    const runs = await Promise.all(argv.map(async (reference) => summaryOfRun(await store.open(reference))))
    return this.print(compareRuns(runs), benchCompareView)
  }
}
