import * as Flags from '@oclif/core/flags'
import type {RunSummary} from '../../lib/bench/metrics/summary.schema.js'
import type {BenchDryRun} from '../../lib/bench/run/dry-run.schema.js'
import {BenchCommand} from '../../lib/cli/bench-command.js'
import {benchGateFlags, benchLoadFlags, benchSearchFlags, benchShardFlags} from '../../lib/cli/bench-flags.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'

export default class BenchRun extends BenchCommand {
  static override summary = 'put the same load on Bedrock and on servers of your own, and measure what comes'
  static override description =
    'Asks each target once, makes the prompts fit, tells what the run will cost, then runs every level against every target, in turns, so that drift hits all alike. Latencies come from sockets of our own and count from the moment a request was due; the run says itself whether its numbers can be used. Ctrl-C stops sending, waits for what is in flight, and keeps what was measured; a second one drops the rest. Prompts and answers are kept nowhere unless --save-texts.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --target bedrock:amazon.nova-lite-v1:0 --concurrency 1,8,64 --requests 200 --dry-run --region us-east-1',
    '<%= config.bin %> <%= command.id %> --target bedrock:amazon.nova-lite-v1:0@eu-west-1 --target openai:http://gpu:8000 --rate 5,20 --duration 2m --slo ttft:500,tpot:40',
    '<%= config.bin %> <%= command.id %> --target openai:http://gpu:8000 --concurrency 32 --requests 2000 --assert "ttft.p99<500" --junit bench.xml',
    '<%= config.bin %> <%= command.id %> --plan examples/bench/bench.yaml --dry-run',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:InvokeModel',
    'bedrock:InvokeModelWithResponseStream',
    's3:PutObject',
    'servicequotas:ListServiceQuotas',
  ])
  static override seeAlso = ['bench show', 'bench compare', 'bench report', 'cost compare']
  static override flags = {
    ...benchLoadFlags,
    ...benchSearchFlags,
    ...benchGateFlags,
    ...benchShardFlags,
    'dry-run': Flags.boolean({description: 'show cells, requests, tokens and price, and send nothing'}),
  }

  async run(): Promise<RunSummary | BenchDryRun> {
    const {flags, settings} = await this.open(BenchRun)
    const [{dryRunView}, {runView}, {runExitCode}] = await Promise.all([
      import('../../lib/bench/run/render-dry-run.js'),
      import('../../lib/bench/show/render-run.js'),
      import('../../lib/cli/bench-exit.js'),
    ])
    const {putRun, readResultsPlace} = await import('../../lib/cli/bench-results.js')
    if (flags.results !== undefined) await readResultsPlace(flags.results)
    const connection = await this.connect(settings)
    const bench = await this.openBench(flags, settings, connection)
    if (flags['dry-run']) return this.print(await bench.describe(), dryRunView)
    const summary = await bench.run()
    if (flags.results !== undefined) {
      this.note(`put  ${await putRun(summary, flags.results, connection, {signal: this.dropSignal})}`)
    }
    await this.print(summary, runView)
    process.exitCode = runExitCode(summary, process.exitCode)
    return summary
  }
}
