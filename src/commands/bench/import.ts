import {createHash, randomInt} from 'node:crypto'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {RunSummary} from '../../lib/bench/metrics/summary.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {benchGateFlags} from '../../lib/cli/bench-flags.js'

export default class BenchImport extends BaseCommand {
  static override summary = 'keep the results of another tool as a bench run'
  static override description =
    'Takes what vLLM bench serve, AIPerf, GenAI-Perf, guidellm and LLMeter write, told by what is in it and not by its name. Where a file has its requests, all numbers are made anew of them; else they are kept as the file has them, and marked so. Prompts and answers in it are not kept.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> vllm-result.json --name vllm-baseline',
    '<%= config.bin %> <%= command.id %> artifacts/profile_export.jsonl',
  ]
  static override seeAlso = ['bench show', 'bench compare', 'bench list']
  static override args = {file: Args.string({description: 'file or folder of results', required: true})}
  static override flags = {name: Flags.string({description: 'name to find the run by'}), ...benchGateFlags}

  async run(): Promise<RunSummary> {
    const {args, flags} = await this.open(BenchImport)
    const [{readResults}, {importRun}, {makeRunId}, {runView}, {openRuns}, {judgeKept, readKeptGates}] =
      await Promise.all([
        import('../../lib/bench/import/read-results.js'),
        import('../../lib/bench/import/import-run.js'),
        import('../../lib/bench/runs/run-id.js'),
        import('../../lib/bench/show/render-run.js'),
        import('../../lib/cli/open-runs.js'),
        import('../../lib/cli/bench-gates.js'),
      ])
    await readKeptGates(flags)
    const result = await readResults(args.file)
    const now = new Date()
    const {store} = await openRuns()
    const summary = await importRun(result, {
      store,
      id: makeRunId(now, () => randomInt(2 ** 32) / 2 ** 32),
      name: flags.name ?? null,
      tool: `bedrockctl ${this.config.version}`,
      digest: createHash('sha256').update(JSON.stringify(result.cells)).digest('hex').slice(0, 16),
      now,
    })
    return this.print(await judgeKept(summary, flags, store), runView)
  }
}
