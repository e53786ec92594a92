import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {Connection} from '../../lib/cli/connect.js'
import type {Settings} from '../../lib/config/settings.js'
import type {FeaturesListResult} from '../../lib/features/features-list.schema.js'
import type {RouteReading} from '../../lib/routing/ports.js'

export default class FeaturesList extends BaseCommand {
  static override summary = 'show which Region offers which feature of Bedrock, and where that coincides with a model'
  static override description =
    'No API of AWS tells the coverage of features: it comes from the bundled facts, each with its date. A Region that the source does not name is unknown, not missing. With --same-as the routes of the model are read as for models availability. With --fail-if-missing: exit 3 when no Region, or a named one, has everything.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --region eu-central-1,us-east-1',
    '<%= config.bin %> <%= command.id %> custom-model-import',
    '<%= config.bin %> <%= command.id %> guardrails knowledge-base-query --same-as anthropic.claude-sonnet-4-6 --offline',
    '<%= config.bin %> <%= command.id %> guardrails batch-inference --region eu-central-1 --fail-if-missing',
  ]
  static override permissions = [
    'account:ListRegions',
    'bedrock:GetInferenceProfile',
    'bedrock:ListFoundationModels',
    'bedrock:ListInferenceProfiles',
    'ec2:DescribeRegions',
  ]
  static override seeAlso = ['models availability', 'routes list', 'catalog show']
  static override strict = false
  static override args = {
    feature: Args.string({description: 'feature id or name, repeatable; all features when absent'}),
  }
  static override flags = {
    'same-as': Flags.string({description: 'show Regions where this model can be called and the features are offered'}),
    'fail-if-missing': Flags.boolean({description: 'gate: everything must be known to be offered together'}),
  }

  async run(): Promise<FeaturesListResult> {
    const {argv, flags, settings} = await this.open(FeaturesList)
    const [{listFeatures}, {featuresListView}, {selectFeatures}, {openCatalog}, {selectRegions}] = await Promise.all([
      import('../../lib/features/list-features.js'),
      import('../../lib/features/render-features-list.js'),
      import('../../lib/features/select-features.js'),
      import('../../lib/catalog/open-catalog.js'),
      import('../../lib/routing/select-regions.js'),
    ])
    const connection = flags['same-as'] === undefined ? undefined : await this.connect(settings)
    const catalog = connection?.catalog ?? (await openCatalog())
    // A slip in a feature's name is told before anything is read.
    selectFeatures(argv, await catalog.features())
    const configured = connection?.configuredRegion ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION']
    const regions = selectRegions({asked: settings.regions, configured, otherwise: 'all'}, catalog)
    const reading = connection && (await this.#read(regions, settings, connection))
    const result = await listFeatures(
      {
        features: argv,
        regions,
        namedRegions: settings.regions.length > 0 && !settings.regions.includes('all'),
        sameAs: flags['same-as'],
        require: flags['fail-if-missing'],
      },
      {catalog, reading},
    )
    return this.print(result, featuresListView)
  }

  async #read(regions: readonly string[], settings: Settings, connection: Connection): Promise<RouteReading> {
    const {readRoutes} = await import('../../lib/models/routes/read-routes.js')
    const ports = {
      catalog: connection.catalog,
      session: connection.session,
      readOffers: (names: readonly string[]) => this.offersFor(names, settings, connection),
      simulated: () => connection.simulated(),
    }
    return readRoutes(regions, ports, this.signal)
  }
}
