import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {breakEvenFlags} from '../../lib/cli/breakeven-flags.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'
import {PRICE_ACTIONS} from '../../lib/cli/permissions.js'
import type {BreakEvenResult} from '../../lib/cost/breakeven/breakeven.schema.js'

export default class CostBreakeven extends BaseCommand {
  static override summary = 'tell from which volume on another way to serve a workload costs less'
  static override description =
    'On-demand tiers and batch against provisioned and reserved capacity, an imported model and GPUs of your own, over a range of volumes: every crossing, not only the first, and what each choice changes. Capacity comes in whole units. What a unit serves is not public: without a figure of yours its line is only a floor. An option without a known price is named, never guessed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --model anthropic.claude-sonnet-4-6 --region eu-central-1 --requests 200k/month --input-tokens 3000 --output-tokens 500 --offline',
    '<%= config.bin %> <%= command.id %> --model meta.llama3-1-70b-instruct-v1:0 --region us-west-2 --requests 5k/hour --input-tokens 1k --output-tokens 200 --tokens-per-minute-per-unit 200k --gpu-hourly 2.50 --tokens-per-second 400 --gpus-per-copy 4 --offline',
    '<%= config.bin %> <%= command.id %> examples/workloads/chat.yaml --workload support-chat --by tokens --output html --offline > breakeven.html',
  ]
  static override permissions = PRICE_ACTIONS
  static override seeAlso = ['bench advise', 'cost compare', 'cost estimate', 'cost prices']
  static override args = {
    file: Args.string({
      description: 'workload file, YAML or JSON; - reads standard input; without it, flags say the workload',
    }),
  }
  static override flags = {
    ...breakEvenFlags,
    output: Flags.string({
      char: 'o',
      description: 'format of the answer; svg and html draw the lines',
      env: 'BEDROCKCTL_OUTPUT',
      helpGroup: 'GLOBAL',
      options: [...COMMON_FORMATS, 'svg', 'html'],
    }),
  }

  async run(): Promise<BreakEvenResult> {
    const {args, flags, settings} = await this.open(CostBreakeven)
    const [
      {breakEven},
      {breakEvenView},
      {variedWorkload, readBoth, readCapacity},
      bench,
      {openWorkloads},
      {openPrices},
      own,
    ] = await Promise.all([
      import('../../lib/cost/breakeven/break-even.js'),
      import('../../lib/cost/breakeven/render-breakeven.js'),
      import('../../lib/cli/breakeven-input.js'),
      import('../../lib/cli/bench-capacity.js'),
      import('../../lib/cli/open-workloads.js'),
      import('../../lib/cli/price-book.js'),
      import('../../lib/cost/own-prices/with-own-prices.js'),
    ])
    const connection = await this.connect(settings)
    const {catalog} = connection
    const configured = settings.regions[0] ?? connection.configuredRegion
    const run = await bench.benchCapacity(flags)
    const words = bench.withBench(flags, run, args.file)
    const [asked, {opened, workload}] = await readBoth(
      () => readCapacity(words, run),
      async () => {
        const read = await openWorkloads(args.file, words, settings.regions[0], {catalog, region: configured})
        return {opened: read, workload: variedWorkload(read.workloads, flags.workload)}
      },
    )
    await bench.holdMix(run, workload, flags['other-mix'])
    const {book, origin} = await openPrices(settings, connection, {
      regions: [workload.region ?? opened.region],
      signal: this.signal,
      progress: this.progress,
      warn: (text) => this.note(text),
    })
    const result = breakEven(
      {...asked, workload, region: opened.region, by: flags.by, prices: origin, simulated: connection.simulated()},
      {catalog, book: own.withOwnPrices(book, opened.ownPrices, args.file ?? '')},
    )
    return this.print(result, breakEvenView(this.config.version))
  }
}
