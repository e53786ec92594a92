import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../../lib/cli/base-command.js'
import {actions, OFFER_ACTIONS, REFERENCE_ACTIONS} from '../../../lib/cli/permissions.js'
import type {AccessRequestResult} from '../../../lib/models/access/access.schema.js'

export default class ModelsAccessRequest extends BaseCommand {
  static override summary = 'accept the Marketplace agreement of a model, after its terms and prices'
  static override description =
    'Shows the terms link and the prices of the offer and asks first. Asking again for an agreement that exists changes nothing.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> cohere.embed-v4:0 --dry-run',
    '<%= config.bin %> <%= command.id %> cohere.embed-v4:0 --region us-east-1 --yes',
  ]
  static override permissions = actions(OFFER_ACTIONS, REFERENCE_ACTIONS, [
    'aws-marketplace:Subscribe',
    'aws-marketplace:ViewSubscriptions',
    'bedrock:CreateFoundationModelAgreement',
    'bedrock:GetFoundationModelAvailability',
    'bedrock:ListFoundationModelAgreementOffers',
  ])
  static override seeAlso = ['models access']
  static override args = {
    model: Args.string({description: 'model: any id, ARN or display name', required: true}),
  }
  static override flags = {
    'dry-run': Flags.boolean({description: 'show what would be accepted and accept nothing'}),
  }

  async run(): Promise<AccessRequestResult> {
    const {args, flags, settings} = await this.open(ModelsAccessRequest)
    const [{requestAccess}, {accessRequestView, describeOffer}, {selectRegions}, {onlineSession}, {resolveBaseModels}] =
      await Promise.all([
        import('../../../lib/models/access/request-access.js'),
        import('../../../lib/models/access/render-access.js'),
        import('../../../lib/routing/select-regions.js'),
        import('../../../lib/cli/online-session.js'),
        import('../../../lib/models/references/resolve-base-models.js'),
      ])
    const connection = await this.connect(settings)
    const {catalog} = connection
    const session = onlineSession(connection, 'An agreement')
    const [region = ''] = selectRegions(
      {asked: settings.regions.slice(0, 1), configured: connection.configuredRegion, otherwise: 'configured'},
      catalog,
    )
    const {offers} = await this.offersFor([region], settings, connection)
    const [modelId = ''] = await resolveBaseModels(
      [args.model],
      {catalog, offers, references: await session.references()},
      this.signal,
    )
    const result = await requestAccess(
      {modelId, region, dryRun: flags['dry-run']},
      {
        access: await session.access(),
        confirm: (offer) => {
          this.note(describeOffer(offer, this.terminal))
          return this.confirm(`Accept this agreement for ${modelId}?`)
        },
        simulated: () => connection.simulated(),
      },
      this.signal,
    )
    return this.print(result, accessRequestView)
  }
}
