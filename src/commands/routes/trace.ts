import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {COMMON_FORMATS} from '../../lib/cli/global-flags.js'
import type {RoutesTraceResult} from '../../lib/routing/routes-trace.schema.js'

export default class RoutesTrace extends BaseCommand {
  static override summary =
    'show where a request travels: endpoint, profile, every Region that may process it, logs, permissions'
  static override description =
    'The data-flow sheet of a model, a profile or an application profile, as called from one Region. With --residency: a gate, exit 3 when no traced route is known to hold it. Destinations that are not known never hold anything.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> anthropic.claude-sonnet-4-6 --from eu-central-1 --offline',
    '<%= config.bin %> <%= command.id %> anthropic.claude-sonnet-4-6 --from eu-central-1 --via geo --residency geo:eu --offline',
    '<%= config.bin %> <%= command.id %> us.anthropic.claude-sonnet-4-6 --from ca-central-1 --offline --output mermaid',
  ]
  static override permissions = [
    'account:ListRegions',
    'bedrock:GetInferenceProfile',
    'bedrock:GetModelInvocationLoggingConfiguration',
    'bedrock:ListFoundationModels',
    'bedrock:ListInferenceProfiles',
    'ec2:DescribeRegions',
    'sts:GetCallerIdentity',
  ]
  static override seeAlso = ['routes list', 'models availability', 'models resolve']
  static override args = {
    model: Args.string({description: 'model or profile: any id, ARN or display name', required: true}),
  }
  static override flags = {
    from: Flags.string({description: 'source Region of the call; the configured Region unless given'}),
    residency: Flags.string({
      description: 'gate: in-region, geo:<geography> or within:<Region>[,<Region>…]',
    }),
    via: Flags.string({description: 'trace one way only: in-region, geo, global, mantle, or the id of a profile'}),
    output: Flags.string({
      char: 'o',
      description: 'format of the answer',
      env: 'BEDROCKCTL_OUTPUT',
      helpGroup: 'GLOBAL',
      options: [...COMMON_FORMATS, 'mermaid'],
    }),
  }

  async run(): Promise<RoutesTraceResult> {
    const {args, flags, settings} = await this.open(RoutesTrace)
    const [{traceRoutes}, {readEndpointFacts}, {routesTraceView}, {readRoutes}, {sourceRegion}] = await Promise.all([
      import('../../lib/routing/trace-routes.js'),
      import('../../lib/routing/endpoints.js'),
      import('../../lib/routing/render-routes-trace.js'),
      import('../../lib/models/routes/read-routes.js'),
      import('../../lib/routing/select-regions.js'),
    ])
    const connection = await this.connect(settings)
    const {catalog, session} = connection
    const from = sourceRegion(
      {model: args.model, from: flags.from, asked: settings.regions, configured: connection.configuredRegion},
      catalog,
    )
    const reading = await readRoutes(
      [from],
      {
        catalog,
        session,
        readOffers: (names) => this.offersFor(names, settings, connection),
        simulated: () => connection.simulated(),
      },
      this.signal,
    )
    const result = await traceRoutes(
      {model: args.model, from, residency: flags.residency, via: flags.via},
      {reading, endpoints: readEndpointFacts(), session, now: () => new Date()},
      this.signal,
    )
    return this.print(result, routesTraceView)
  }
}
