import type {BenchAdvice} from '../../lib/bench/advise/bench-advise.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {benchAdviseFlags} from '../../lib/cli/bench-advise-flags.js'
import {PRICE_ACTIONS} from '../../lib/cli/permissions.js'

export default class BenchAdvise extends BaseCommand {
  static override summary = 'tell from a run whether a workload is cheaper on your own GPUs or on Bedrock'
  static override description =
    'Costs at the measured goodput, with the objectives of the run and without (what they cost), against the prices of Bedrock: the utilisation and the volume from which GPUs cost less, and how the answer changes with what may be wrong. The lengths are those of the run, or given; a workload with others is refused unless --other-mix. A run that says itself that it cannot be used is not used.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --run latest --gpu-hourly 2.50 --gpus 1 --model amazon.nova-lite-v1:0 --region us-east-1 --offline',
    '<%= config.bin %> <%= command.id %> --run h200-llama --run nova-lite --requests 3/s --utilisation 60%',
  ]
  static override permissions = PRICE_ACTIONS
  static override seeAlso = ['bench run', 'cost breakeven', 'cost compare']
  static override flags = benchAdviseFlags

  async run(): Promise<BenchAdvice> {
    const {flags, settings} = await this.open(BenchAdvise)
    const [{advise}, {adviseView}, {readAdvice}] = await Promise.all([
      import('../../lib/bench/advise/advise.js'),
      import('../../lib/bench/advise/render-advise.js'),
      import('../../lib/cli/bench-advise.js'),
    ])
    const input = await readAdvice(flags, {...this.frame(settings), warn: (text) => this.note(text)})
    return this.print(advise(input), adviseView)
  }
}
