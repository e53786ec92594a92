import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {OFFER_ACTIONS} from '../../lib/cli/permissions.js'
import type {ModelsListResult} from '../../lib/models/list/models-list.schema.js'

export default class ModelsList extends BaseCommand {
  static override summary = 'list the models that Regions offer, with routes, features and prices'
  static override description =
    'Reads the configured Region unless --region says otherwise; offline, every Region of the catalog. A fact that is not known never passes a filter.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --region eu-central-1',
    '<%= config.bin %> <%= command.id %> --offline --provider anthropic --mode geo',
    '<%= config.bin %> <%= command.id %> --offline --tools --caching --max-input-price 1 --sort input-usd',
  ]
  static override permissions = OFFER_ACTIONS
  static override seeAlso = ['models availability', 'models show', 'models lifecycle']
  static override flags = {
    provider: Flags.string({description: 'keep one provider'}),
    'input-modality': Flags.string({description: 'keep models that take this modality (TEXT, IMAGE, VIDEO, SPEECH)'}),
    'output-modality': Flags.string({
      description: 'keep models that produce this modality (TEXT, IMAGE, EMBEDDING, VIDEO, SPEECH)',
    }),
    mode: Flags.option({options: ['in-region', 'geo', 'global', 'mantle', 'provisioned'] as const})({
      description: 'keep models with this route',
    }),
    status: Flags.string({description: 'keep this lifecycle status (ACTIVE, LEGACY, PREVIEW)'}),
    streaming: Flags.boolean({description: 'keep models that stream', allowNo: true}),
    tools: Flags.boolean({description: 'keep models that use tools', allowNo: true}),
    caching: Flags.boolean({description: 'keep models with prompt caching', allowNo: true}),
    batch: Flags.boolean({description: 'keep models with batch inference', allowNo: true}),
    'fine-tuning': Flags.boolean({description: 'keep models that can be fine-tuned', allowNo: true}),
    'max-input-price': Flags.string({description: 'keep models at or below this price, USD per million input tokens'}),
    'max-output-price': Flags.string({
      description: 'keep models at or below this price, USD per million output tokens',
    }),
    columns: Flags.string({description: 'columns to show, in this order'}),
    sort: Flags.string({description: 'column to sort by; -column for descending'}),
  }

  async run(): Promise<ModelsListResult> {
    const {flags, settings} = await this.open(ModelsList)
    const [{listModels}, {modelsListView, sortModels}, {selectRegions}, {parsePrice}, {pricesFor}] = await Promise.all([
      import('../../lib/models/list/list-models.js'),
      import('../../lib/models/list/render-models.js'),
      import('../../lib/routing/select-regions.js'),
      import('../../lib/models/list/parse-price.js'),
      import('../../lib/cli/prices-for.js'),
    ])
    const view = modelsListView(flags.columns)
    const connection = await this.connect(settings)
    const regions = selectRegions(
      {
        asked: settings.regions,
        configured: connection.configuredRegion,
        otherwise: settings.offline ? 'all' : 'configured',
      },
      connection.catalog,
    )
    const offers = await this.offersFor(regions, settings, connection)
    const prices = await pricesFor(settings, connection, (text) => this.note(text))
    const result = listModels(
      {
        provider: flags.provider,
        inputModality: flags['input-modality'],
        outputModality: flags['output-modality'],
        mode: flags.mode,
        status: flags.status,
        streaming: flags.streaming,
        tools: flags.tools,
        caching: flags.caching,
        batch: flags.batch,
        fineTuning: flags['fine-tuning'],
        maxInputPrice: parsePrice('max-input-price', flags['max-input-price']),
        maxOutputPrice: parsePrice('max-output-price', flags['max-output-price']),
      },
      {catalog: connection.catalog, ...offers, simulated: connection.simulated(), prices},
    )
    return this.print(sortModels(result, flags.sort), view)
  }
}
