import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, REGION_ACTIONS} from '../../lib/cli/permissions.js'
import type {ActualResult} from '../../lib/cost/actual/actual.schema.js'

export default class CostActual extends BaseCommand {
  static override summary = 'tell what Bedrock has cost: by metrics, by the bill, and how the two go together'
  static override description =
    'Tokens that CloudWatch counted, priced by the price book, against what Cost Explorer has billed. Models of AWS Marketplace, such as Claude, are services of their own on the bill and are found too. A difference is taken apart as far as the numbers tell; the rest is called unexplained. CloudWatch is read in the Regions on the bill, unless --region names others. AWS charges for each request to Cost Explorer; the answer says for how many.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --by tag --tag team --since 4w',
    '<%= config.bin %> <%= command.id %> --source metrics --region all --by region',
    '<%= config.bin %> <%= command.id %> --budget 5000/month --quiet -o json',
    '<%= config.bin %> <%= command.id %> --sandbox',
  ]
  static override permissions = actions(REGION_ACTIONS, [
    'bedrock:GetCustomModel',
    'bedrock:GetImportedModel',
    'bedrock:ListCustomModelDeployments',
    'bedrock:ListCustomModels',
    'bedrock:ListImportedModels',
    'bedrock:ListInferenceProfiles',
    'bedrock:ListProvisionedModelThroughputs',
    'bedrock:ListTagsForResource',
    'ce:GetCostAndUsage',
    'ce:GetCostForecast',
    'ce:GetDimensionValues',
    'ce:ListCostAllocationTags',
    'cloudwatch:GetMetricData',
    'cloudwatch:ListMetrics',
    'pricing:DescribeServices',
    'pricing:GetProducts',
    'sts:GetCallerIdentity',
  ])
  static override seeAlso = ['cost estimate', 'cost prices', 'account quotas', 'monitor']
  static override flags = {
    since: Flags.string({
      helpValue: 'DAY',
      description: 'first day: so many before today (30d, 4w), or a date',
      default: '30d',
    }),
    until: Flags.string({helpValue: 'DAY', description: 'last day, a date; today unless given'}),
    by: Flags.option({options: ['model', 'principal', 'tag', 'profile', 'region', 'tier'] as const, default: 'model'})({
      description: 'what a row is',
    }),
    tag: Flags.string({
      helpValue: 'KEY',
      description: 'key of the tag for --by tag and --by principal, and for what is without it',
    }),
    budget: Flags.string({
      description: 'US dollars a month; exit 3 when spend or a forecast is beyond',
      helpValue: 'USD[/month]',
    }),
    source: Flags.option({options: ['metrics', 'bill', 'both'] as const, default: 'both'})({
      description: 'what is read: CloudWatch, Cost Explorer, or both',
    }),
  }

  async run(): Promise<ActualResult> {
    const {flags, settings} = await this.open(CostActual)
    const [{readActual}, {judgeActual}, {actualView}, {openPrices}] = await Promise.all([
      import('../../lib/cli/actual-spend.js'),
      import('../../lib/cost/actual/actual.js'),
      import('../../lib/cost/actual/render-actual.js'),
      import('../../lib/cli/price-book.js'),
    ])
    const note = (text: string) => this.note(text)
    const connection = await this.connect(settings)
    const read = await readActual(flags, connection, {...this.frame(settings), note})
    const regions = (read.usage?.tokens ?? []).map(({region}) => region)
    const prices = {regions, signal: this.signal, progress: this.progress, warn: note}
    const {book, origin} = await openPrices(settings, connection, prices)
    const result = judgeActual({...read, prices: origin}, {catalog: connection.catalog, book})
    return this.print(result, actualView)
  }
}
