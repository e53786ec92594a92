import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {ACCESS_ACTIONS, actions, OFFER_ACTIONS, REFERENCE_ACTIONS, REGION_ACTIONS} from '../../lib/cli/permissions.js'
import type {AvailabilityResult} from '../../lib/models/availability/availability.schema.js'

export default class ModelsAvailability extends BaseCommand {
  static override summary =
    'show from where a model can be called, by which route, and where the prompt may then travel'
  static override description =
    'Without --from: the matrix of models, Regions and routing modes. With --from: what can be called from there, with the destinations of each profile as seen from that Region. With --require: a gate for CI, exit 3 when it does not hold.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> anthropic.claude-sonnet-4-6 --from eu-central-1',
    '<%= config.bin %> <%= command.id %> anthropic.claude-sonnet-4-6 --offline',
    '<%= config.bin %> <%= command.id %> --offline --region eu-central-1,eu-west-1 --output csv',
    '<%= config.bin %> <%= command.id %> amazon.nova-lite-v1:0 --from eu-north-1 --require geo:eu',
  ]
  static override permissions = actions(ACCESS_ACTIONS, OFFER_ACTIONS, REFERENCE_ACTIONS, REGION_ACTIONS)
  static override seeAlso = ['models resolve', 'routes trace', 'models access']
  static override strict = false
  static override args = {
    model: Args.string({
      description: 'model or profile: any id, ARN or display name; repeatable; all models when absent',
    }),
  }
  static override flags = {
    from: Flags.string({
      description: 'source Region of the call, repeatable',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    }),
    require: Flags.string({
      description: 'gate: in-region, geo:<geography>, within:<Region>[,<Region>…] or global',
    }),
  }

  async run(): Promise<AvailabilityResult> {
    const {argv, flags, settings} = await this.open(ModelsAvailability)
    const [{assessAvailability}, {availabilityView}, {pricesFor}] = await Promise.all([
      import('../../lib/models/availability/assess-availability.js'),
      import('../../lib/models/availability/render-availability.js'),
      import('../../lib/cli/prices-for.js'),
    ])
    const connection = await this.connect(settings)
    const result = await assessAvailability(
      {
        models: argv,
        from: flags.from ?? [],
        asked: settings.regions,
        configured: connection.configuredRegion,
        requirement: flags.require,
      },
      {
        catalog: connection.catalog,
        session: connection.session,
        simulated: () => connection.simulated(),
        readOffers: (regions) => this.offersFor(regions, settings, connection),
        readPrices: () => pricesFor(settings, connection, (text) => this.note(text)),
      },
      this.signal,
    )
    return this.print(result, availabilityView)
  }
}
