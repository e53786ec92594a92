import * as Flags from '@oclif/core/flags'
import type {BenchDryRun} from '../../lib/bench/run/dry-run.schema.js'
import type {BenchSweep} from '../../lib/bench/search/bench-sweep.schema.js'
import {BenchCommand} from '../../lib/cli/bench-command.js'
import {benchLoadFlags} from '../../lib/cli/bench-flags.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'

export default class BenchSweepCommand extends BenchCommand {
  static override summary = 'measure many levels of load, and tell which are beaten by none'
  static override description =
    'A bench run of several levels (1 to 64 users unless flags or a plan say others), read as points of latency, throughput and price: those on the front are beaten by no other target and level on all three. A point whose price is not known is compared with others of that kind only. The run is kept like every other.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --target openai:http://gpu:8000 --concurrency 1,4,16,64,256 --duration 60s --gpu-hourly 2.50',
    '<%= config.bin %> <%= command.id %> --target bedrock:amazon.nova-lite-v1:0 --target bedrock:amazon.nova-pro-v1:0 --rate 1,2,4 --latency-by ttft.p99 --region us-east-1 --dry-run',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:InvokeModel',
    'bedrock:InvokeModelWithResponseStream',
    'servicequotas:ListServiceQuotas',
  ])
  static override seeAlso = ['bench run', 'bench report', 'bench compare']
  static override flags = {
    ...benchLoadFlags,
    'latency-by': Flags.option({
      options: ['ttft.p50', 'ttft.p99', 'tpot.p50', 'tpot.p99', 'e2e.p50', 'e2e.p99'] as const,
      default: 'e2e.p50',
    })({description: 'the latency that points are compared by; at a rate, from when a request was due'}),
    'dry-run': Flags.boolean({description: 'show cells, requests, tokens and price, and send nothing'}),
  }

  async run(): Promise<BenchSweep | BenchDryRun> {
    const {flags, settings} = await this.open(BenchSweepCommand)
    const [{withLevels}, {dryRunView}, {sweepOfRun}, {sweepView}, {runExitCode}] = await Promise.all([
      import('../../lib/cli/bench-sweep.js'),
      import('../../lib/bench/run/render-dry-run.js'),
      import('../../lib/bench/search/sweep-of-run.js'),
      import('../../lib/bench/search/render-sweep.js'),
      import('../../lib/cli/bench-exit.js'),
    ])
    const connection = await this.connect(settings)
    const bench = await this.openBench(withLevels(flags), settings, connection)
    if (flags['dry-run']) return this.print(await bench.describe(), dryRunView)
    const summary = await bench.run()
    const sweep = await this.print(sweepOfRun(summary, flags['latency-by']), sweepView)
    process.exitCode = runExitCode(summary, process.exitCode)
    return sweep
  }
}
