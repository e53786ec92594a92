import * as Args from '@oclif/core/args'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {compareFlags} from '../../lib/cli/compare-flags.js'
import {PRICE_ACTIONS} from '../../lib/cli/permissions.js'
import type {CompareResult} from '../../lib/cost/compare/compare.schema.js'

export default class CostCompare extends BaseCommand {
  static override summary = 'compare what a workload costs by model, Region, route and tier, cheapest first'
  static override description =
    'One row for each combination that is offered and has a known price, with what it changes besides the cost: where prompts may be processed, how soon answers come, what is committed to. What is not sold is counted, and listed with the reason by --all.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --model anthropic.claude-sonnet-4-6,amazon.nova-2-lite-v1:0 --region eu-central-1 --requests 200k/month --input-tokens 3000 --output-tokens 500 --offline',
    '<%= config.bin %> <%= command.id %> --model all --region all --top 10 --requests 3/s --input-tokens 1k --output-tokens 200 --offline',
    '<%= config.bin %> <%= command.id %> --model meta.llama3-3-70b-instruct-v1:0 --region us-east-1 --requests 2M/month --input-tokens 1k --output-tokens 200 --include self-hosted --gpu-hourly 2.50 --tokens-per-second 1800 --utilisation 60% --offline',
    '<%= config.bin %> <%= command.id %> examples/workloads/chat.yaml --workload support-chat --tier standard,batch --offline',
    '<%= config.bin %> <%= command.id %> --model amazon.nova-lite-v1:0 --region us-east-1 --requests 2M/month --bench latest --gpu-hourly 2.50 --offline',
  ]
  static override permissions = PRICE_ACTIONS
  static override seeAlso = ['bench advise', 'cost breakeven', 'cost estimate', 'cost prices', 'routes list']
  static override args = {
    file: Args.string({
      description: 'workload file, YAML or JSON; - reads standard input; without it, flags say the workload',
    }),
  }
  static override flags = compareFlags

  async run(): Promise<CompareResult> {
    const {args, flags, settings} = await this.open(CostCompare)
    const [{compareChoices}, {compareView, sortChoices}, {readMeasured}, {openPrices}, {withOwnPrices}] =
      await Promise.all([
        import('../../lib/cost/compare/compare-choices.js'),
        import('../../lib/cost/compare/render-compare.js'),
        import('../../lib/cli/compare-measured.js'),
        import('../../lib/cli/price-book.js'),
        import('../../lib/cost/own-prices/with-own-prices.js'),
      ])
    const view = compareView(flags.columns)
    const connection = await this.connect(settings)
    const {catalog} = connection
    const asked = await readMeasured(args.file, flags, {
      catalog,
      regions: settings.regions,
      configured: connection.configuredRegion,
    })
    const {book, origin} = await openPrices(settings, connection, {
      regions: asked.grid.regions,
      signal: this.signal,
      progress: this.progress,
      warn: (text) => this.note(text),
    })
    const result = compareChoices(
      {...asked, prices: origin, simulated: connection.simulated()},
      {catalog, book: withOwnPrices(book, asked.ownPrices, args.file ?? '')},
    )
    return this.print(sortChoices(result, flags.sort), view)
  }
}
