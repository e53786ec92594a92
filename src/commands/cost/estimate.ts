import * as Args from '@oclif/core/args'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {sampleFlags, workloadFlags} from '../../lib/cli/cost-flags.js'
import type {EstimateResult} from '../../lib/cost/estimate/estimate.schema.js'
import type {PriceKind} from '../../lib/prices/price-list.js'

export default class CostEstimate extends BaseCommand {
  static override summary = 'tell what a workload costs a month, line by line, with the source of each price'
  static override description =
    'The workload comes from flags or from a file of several; its tokens may be counted from sample prompts. Amounts are computed in decimals. A price that is not known is never a zero: its line says so, the total leaves it out, and the exit code is 6. A model, route or tier that is not sold there is refused, with what is sold instead.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --model anthropic.claude-sonnet-4-6 --region eu-central-1 --requests 200k/month --input-tokens 3000 --output-tokens 500 --cached-share 80% --offline',
    '<%= config.bin %> <%= command.id %> --model amazon.nova-lite-v1:0 --region us-east-1 --requests 3/s --input-tokens 1k --output-tokens 200 --tier batch --offline',
    '<%= config.bin %> <%= command.id %> examples/workloads/chat.yaml --offline',
  ]
  static override permissions = [
    'bedrock:CountTokens',
    'pricing:DescribeServices',
    'pricing:GetProducts',
    'sts:GetCallerIdentity',
  ]
  static override seeAlso = ['cost compare', 'cost breakeven', 'cost diff', 'cost prices']
  static override args = {
    file: Args.string({
      description: 'workload file, YAML or JSON; - reads standard input; without it, flags say the workload',
    }),
  }
  static override flags = {...workloadFlags, ...sampleFlags}

  async run(): Promise<EstimateResult> {
    const {args, flags, settings} = await this.open(CostEstimate)
    const [
      {estimate},
      {estimateView},
      {openWorkloads},
      {openPrices},
      {regionsOf},
      {countSamples},
      {idleOwnPrices, ownPriceWords, withOwnPrices},
    ] = await Promise.all([
      import('../../lib/cost/estimate/estimate.js'),
      import('../../lib/cost/estimate/render-estimate.js'),
      import('../../lib/cli/open-workloads.js'),
      import('../../lib/cli/price-book.js'),
      import('../../lib/cli/regions-of.js'),
      import('../../lib/cli/count-workload.js'),
      import('../../lib/cost/own-prices/with-own-prices.js'),
    ])
    const connection = await this.connect(settings)
    const region = settings.regions[0] ?? connection.configuredRegion
    const {catalog} = connection
    const frame = {connection, named: settings.regions[0], region, signal: this.signal, progress: this.progress}
    const counted = await countSamples(args.file, flags, frame)
    const opened = counted
      ? {workloads: [counted.workload], region, ownPrices: []}
      : await openWorkloads(args.file, flags, settings.regions[0], {catalog, region})
    const {book, origin} = await openPrices(settings, connection, {
      regions: regionsOf(opened.workloads, opened.region),
      signal: this.signal,
      progress: this.progress,
      warn: (text) => this.note(text),
    })
    const result = estimate(
      {...opened, counted, prices: origin, simulated: connection.simulated()},
      {catalog, book: withOwnPrices(book, opened.ownPrices, args.file ?? '')},
    )
    const lines = result.workloads.flatMap((one) => one.lines.map((line) => ({...line, of: line.kind as PriceKind})))
    const idle = idleOwnPrices(opened.ownPrices, lines).map(ownPriceWords)
    if (idle.length > 0) this.note(`prices  of your own, these hold for nothing in the file: ${idle.join('; ')}`)
    return this.print(result, estimateView)
  }
}
