import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {RoutesListResult} from '../../lib/routing/routes-list.schema.js'

const regions = {multiple: true, multipleNonGreedy: true, delimiter: ','} as const

export default class RoutesList extends BaseCommand {
  static override summary =
    'list the profiles and In-Region ids that can be called from a Region, with their destinations'
  static override description =
    'Reads the configured Region unless --from or --region says otherwise; offline, every Region of the catalog. The destinations of a profile depend on the Region called; one that is not known is said to be so, and --avoids never lets it pass.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --from eu-central-1 --offline',
    '<%= config.bin %> <%= command.id %> anthropic.claude-sonnet-4-6 --from eu-west-1,us-east-1 --offline',
    '<%= config.bin %> <%= command.id %> --from ca-central-1 --kind geo --avoids us-east-1 --offline',
    '<%= config.bin %> <%= command.id %> --offline --reaches eu-south-2 --output csv',
  ]
  static override permissions = [
    'account:ListRegions',
    'bedrock:GetInferenceProfile',
    'bedrock:ListFoundationModels',
    'bedrock:ListInferenceProfiles',
    'ec2:DescribeRegions',
  ]
  static override seeAlso = ['routes trace', 'models availability', 'models resolve']
  static override strict = false
  static override args = {
    model: Args.string({
      description: 'model or profile: any id, ARN or display name; repeatable; all models when absent',
    }),
  }
  static override flags = {
    from: Flags.string({description: 'source Region of the call, repeatable, or `all`', ...regions}),
    geography: Flags.string({description: 'keep profiles of this geography (us, eu, apac, jp, au, ca, in, us-gov)'}),
    kind: Flags.option({options: ['in-region', 'geo', 'global'] as const})({description: 'keep one kind of route'}),
    reaches: Flags.string({description: 'keep routes that may process in this Region, repeatable', ...regions}),
    avoids: Flags.string({description: 'keep routes known never to process in this Region, repeatable', ...regions}),
  }

  async run(): Promise<RoutesListResult> {
    const {argv, flags, settings} = await this.open(RoutesList)
    const [{listRoutes}, {routesListView}, {readRoutes}, {selectRegions}, {assertRegions}] = await Promise.all([
      import('../../lib/routing/list-routes.js'),
      import('../../lib/routing/render-routes-list.js'),
      import('../../lib/models/routes/read-routes.js'),
      import('../../lib/routing/select-regions.js'),
      import('../../lib/routing/requirement.js'),
    ])
    const connection = await this.connect(settings)
    const {catalog, session, configuredRegion: configured} = connection
    assertRegions([...(flags.reaches ?? []), ...(flags.avoids ?? [])], catalog)
    const from = selectRegions(
      {asked: flags.from ?? settings.regions, configured, otherwise: settings.offline ? 'all' : 'configured'},
      catalog,
    )
    const reading = await readRoutes(
      from,
      {
        catalog,
        session,
        readOffers: (names) => this.offersFor(names, settings, connection),
        simulated: () => connection.simulated(),
      },
      this.signal,
    )
    const result = await listRoutes(
      {
        models: argv,
        from,
        geography: flags.geography,
        kind: flags.kind,
        reaches: flags.reaches ?? [],
        avoids: flags.avoids ?? [],
      },
      reading,
    )
    return this.print(result, routesListView)
  }
}
