import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {PRICE_ACTIONS} from '../../lib/cli/permissions.js'
import {priceFlags} from '../../lib/cli/price-flags.js'
import type {PricesResult} from '../../lib/cost/prices/prices.schema.js'

export default class CostPrices extends BaseCommand {
  static override summary = 'print the price sheet of a model or service, with SKU, source and date of each price'
  static override description =
    'Prices by Region, route, tier and meter: from the Price List of the configured Region or of each --region, from the lists kept of other Regions, and from the bundled book for what no list has. Claude prices are held against @pydantic/genai-prices; what is more than 1 % apart is shown with both values. No known price: exit 6.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> anthropic.claude-sonnet-4-6 --offline',
    '<%= config.bin %> <%= command.id %> "Nova Lite" --region eu-central-1,us-east-1 --tier batch --output csv --offline',
    '<%= config.bin %> <%= command.id %> guardrails --offline',
    '<%= config.bin %> <%= command.id %> --unparsed --region us-east-1',
  ]
  static override permissions = PRICE_ACTIONS
  static override seeAlso = ['cost estimate', 'cost compare', 'catalog refresh', 'models show']
  static override args = {
    model: Args.string({description: 'model or profile by any id or name, or a billed service such as guardrails'}),
  }
  static override flags = {
    ...priceFlags,
    unparsed: Flags.boolean({description: 'list what the Price List holds and is not understood', default: false}),
  }

  async run(): Promise<PricesResult> {
    const {args, flags, settings} = await this.open(CostPrices)
    const [{readPriceSheet}, {pricesView}] = await Promise.all([
      import('../../lib/cli/price-sheet.js'),
      import('../../lib/cost/prices/render-prices.js'),
    ])
    const connection = await this.connect(settings)
    const result = await readPriceSheet(args.model, flags, settings, connection, {
      signal: this.signal,
      progress: this.progress,
      warn: (text) => this.note(text),
    })
    return this.print(result, pricesView)
  }
}
