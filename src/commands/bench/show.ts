import * as Args from '@oclif/core/args'
import type {RunSummary} from '../../lib/bench/metrics/summary.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class BenchShow extends BaseCommand {
  static override summary = 'show a bench run: whether it can be used, and what was measured'
  static override description =
    'A run is named by its id, the beginning of it, its name, latest, or the path of its folder or summary.json. What a killed run left is summarised anew, and marked partial. bench metrics says what each number means.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 20261121-190455-kqzt --json',
    '<%= config.bin %> <%= command.id %> nightly --query "cells[].ttft.p.\\"99\\".value"',
  ]
  static override seeAlso = ['bench list', 'bench compare', 'bench report', 'bench metrics']
  static override args = {run: Args.string({description: 'id, name, latest or path of a run', default: 'latest'})}

  async run(): Promise<RunSummary> {
    const {args} = await this.open(BenchShow)
    const [{summaryOfRun}, {runView}, {openRuns}] = await Promise.all([
      import('../../lib/bench/runs/summary-of-run.js'),
      import('../../lib/bench/show/render-run.js'),
      import('../../lib/cli/open-runs.js'),
    ])
    const {store} = await openRuns()
    return this.print(await summaryOfRun(await store.open(args.run)), runView)
  }
}
