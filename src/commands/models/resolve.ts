import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, OFFER_ACTIONS, REFERENCE_ACTIONS} from '../../lib/cli/permissions.js'
import type {ResolveModelResult} from '../../lib/models/resolve/resolve-model.schema.js'

export default class ModelsResolve extends BaseCommand {
  static override summary = 'print the id to put in code for calls from a Region'
  static override description =
    'In-Region before geographic before Global, so that nothing crosses a Region that need not. stdout carries the id alone; exit 3 when no route meets what was asked.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> anthropic.claude-sonnet-4-6 --from eu-central-1',
    '<%= config.bin %> <%= command.id %> "Claude Sonnet 4.6" --from us-east-1 --prefer geo',
    '<%= config.bin %> <%= command.id %> amazon.nova-lite-v1:0 --from eu-west-1 --residency geo:eu --offline',
  ]
  static override permissions = actions(OFFER_ACTIONS, REFERENCE_ACTIONS)
  static override seeAlso = ['models availability', 'routes trace']
  static override args = {
    model: Args.string({description: 'model or profile: any id, ARN or display name', required: true}),
  }
  static override flags = {
    from: Flags.string({description: 'source Region of the call; the configured Region unless given'}),
    prefer: Flags.string({description: 'modes in order, of in-region, geo, global; a mode left out is never used'}),
    residency: Flags.string({
      description: 'where the prompt must stay: in-region, geo:<geography> or within:<Region>[,…]',
    }),
  }

  async run(): Promise<ResolveModelResult> {
    const {args, flags, settings} = await this.open(ModelsResolve)
    const [{parsePreference, resolveModel}, {explainResolution, resolveModelView}, {selectRegions}] = await Promise.all(
      [
        import('../../lib/models/resolve/resolve-model.js'),
        import('../../lib/models/resolve/render-resolve-model.js'),
        import('../../lib/routing/select-regions.js'),
      ],
    )
    const prefer = parsePreference(flags.prefer)
    const connection = await this.connect(settings)
    const [from = ''] = selectRegions(
      {
        asked: flags.from === undefined ? settings.regions.slice(0, 1) : [flags.from],
        configured: connection.configuredRegion,
        otherwise: 'configured',
      },
      connection.catalog,
    )
    const result = await resolveModel(
      {model: args.model, from, prefer, residency: flags.residency},
      {
        catalog: connection.catalog,
        readOffers: (regions) => this.offersFor(regions, settings, connection),
        references: await connection.session?.references(),
        simulated: () => connection.simulated(),
      },
      this.signal,
    )
    const why = explainResolution(result)
    if (why !== undefined && process.stderr.isTTY) this.note(why)
    return this.print(result, resolveModelView)
  }
}
