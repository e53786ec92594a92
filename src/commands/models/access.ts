import * as Args from '@oclif/core/args'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {ACCESS_ACTIONS, actions, OFFER_ACTIONS, REFERENCE_ACTIONS, REGION_ACTIONS} from '../../lib/cli/permissions.js'
import type {AccessResult} from '../../lib/models/access/access.schema.js'

export default class ModelsAccess extends BaseCommand {
  static override summary = 'show whether the account may use each model, and what stands in the way'
  static override description =
    'Access is automatic for most models today; what still blocks is named: first-use form, Marketplace agreement, sales-gated models, data-retention mode, legacy cut-off. With models named it is a gate: exit 3 when one may not be used.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --region eu-central-1',
    '<%= config.bin %> <%= command.id %> anthropic.claude-fable-5-1 --region all',
    '<%= config.bin %> <%= command.id %> --sandbox --json --query "access[?answer==\'no\']"',
  ]
  static override permissions = actions(ACCESS_ACTIONS, OFFER_ACTIONS, REFERENCE_ACTIONS, REGION_ACTIONS, [
    'sts:GetCallerIdentity',
  ])
  static override seeAlso = ['models access request', 'models availability', 'doctor']
  static override strict = false
  static override args = {
    model: Args.string({
      description: 'model: any id, ARN or display name; repeatable; every offered model when absent',
    }),
  }

  async run(): Promise<AccessResult> {
    const {argv, settings} = await this.open(ModelsAccess)
    const [{assessAccess}, {accessView}, {selectRegions}, {onlineSession}] = await Promise.all([
      import('../../lib/models/access/assess-access.js'),
      import('../../lib/models/access/render-access.js'),
      import('../../lib/routing/select-regions.js'),
      import('../../lib/cli/online-session.js'),
    ])
    const connection = await this.connect(settings)
    const session = onlineSession(connection, 'An account’s access')
    const regions = selectRegions(
      {asked: settings.regions, configured: connection.configuredRegion, otherwise: 'configured'},
      connection.catalog,
    )
    const [access, regionOptIns, references, identity] = await Promise.all([
      session.access(),
      session.regionOptIns(),
      session.references(),
      session.identity(),
    ])
    const result = await assessAccess(
      {models: argv, regions},
      {
        catalog: connection.catalog,
        readOffers: (names) => this.offersFor(names, settings, connection),
        access,
        regionOptIns,
        references,
        identity,
        simulated: () => connection.simulated(),
      },
      this.signal,
    )
    return this.print(result, accessView)
  }
}
