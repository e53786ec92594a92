import * as Args from '@oclif/core/args'
import type {RunSummary} from '../../lib/bench/metrics/summary.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {benchGateFlags} from '../../lib/cli/bench-flags.js'

export default class BenchShow extends BaseCommand {
  static override summary = 'show a bench run: whether it can be used, and what was measured'
  static override description =
    'A run is named by its id, the beginning of it, its name, latest, or the path of its folder or summary.json. What a killed run left is summarised anew, and marked partial. With --assert or --baseline it is held to them, as bench run does: exit 3. bench metrics says what each number means.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 20261121-190455-kqzt --json',
    '<%= config.bin %> <%= command.id %> nightly --query "cells[].ttft.p.\\"99\\".value"',
  ]
  static override seeAlso = ['bench list', 'bench compare', 'bench report', 'bench metrics']
  static override args = {run: Args.string({description: 'id, name, latest or path of a run', default: 'latest'})}
  static override flags = {...benchGateFlags}

  async run(): Promise<RunSummary> {
    const {args, flags} = await this.open(BenchShow)
    const [{summaryOfRun}, {runView}, {openRuns}, {judgeKept}] = await Promise.all([
      import('../../lib/bench/runs/summary-of-run.js'),
      import('../../lib/bench/show/render-run.js'),
      import('../../lib/cli/open-runs.js'),
      import('../../lib/cli/bench-gates.js'),
    ])
    const {store} = await openRuns()
    const kept = await summaryOfRun(await store.open(args.run))
    return this.print(await judgeKept(kept, flags, store), runView)
  }
}
