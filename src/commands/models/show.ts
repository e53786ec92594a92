import * as Args from '@oclif/core/args'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, OFFER_ACTIONS, REFERENCE_ACTIONS} from '../../lib/cli/permissions.js'
import type {ShowModelResult} from '../../lib/models/show/show-model.schema.js'

export default class ModelsShow extends BaseCommand {
  static override summary = 'show everything known of a model, with source and date'
  static override description =
    'Takes any id or ARN form: bare, with a profile prefix, foundation-model, inference-profile and application-inference-profile ARNs, provisioned, imported and custom models and their deployments; or the display name.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> anthropic.claude-sonnet-4-6 --offline',
    '<%= config.bin %> <%= command.id %> eu.anthropic.claude-sonnet-4-6 --region eu-central-1',
    '<%= config.bin %> <%= command.id %> "Nova Lite" --offline --json --query prices',
  ]
  static override permissions = actions(OFFER_ACTIONS, REFERENCE_ACTIONS)
  static override seeAlso = ['models availability', 'models lifecycle', 'routes trace']
  static override args = {
    model: Args.string({description: 'model, profile or account resource', required: true}),
  }

  async run(): Promise<ShowModelResult> {
    const {args, settings} = await this.open(ModelsShow)
    const [{showModel}, {showModelView}, {selectRegions}, {parseArn}, {pricesFor}] = await Promise.all([
      import('../../lib/models/show/show-model.js'),
      import('../../lib/models/show/render-show-model.js'),
      import('../../lib/routing/select-regions.js'),
      import('../../lib/core/arn.js'),
      import('../../lib/cli/prices-for.js'),
    ])
    const connection = await this.connect(settings)
    const home = parseArn(args.model)?.region
    const asked = settings.regions.length > 0 || !home ? settings.regions : [home]
    const regions = selectRegions(
      {asked, configured: connection.configuredRegion, otherwise: settings.offline ? 'all' : 'configured'},
      connection.catalog,
    )
    const result = await showModel(
      {model: args.model, regions},
      {
        catalog: connection.catalog,
        readOffers: (names) => this.offersFor(names, settings, connection),
        readPrices: () => pricesFor(settings, connection, (text) => this.note(text)),
        references: await connection.session?.references(),
        simulated: () => connection.simulated(),
        now: () => new Date(),
      },
      this.signal,
    )
    return this.print(result, showModelView)
  }
}
