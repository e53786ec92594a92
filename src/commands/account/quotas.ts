import * as Flags from '@oclif/core/flags'
import type {AccountQuotas} from '../../lib/account/quotas/quotas.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, REGION_ACTIONS} from '../../lib/cli/permissions.js'

const KINDS = [
  ...['tokens-per-minute', 'requests-per-minute', 'tokens-per-day', 'mantle-tokens-per-minute', 'batch', 'import'],
  ...['customization', 'capacity', 'guardrails', 'agents', 'knowledge-bases', 'other'],
] as readonly AccountQuotas['quotas'][number]['kind'][]

export default class AccountQuotasCommand extends BaseCommand {
  static override summary =
    'list the Bedrock quotas of the account: what holds, what AWS gives by default, what can be raised'
  static override description =
    'One row a quota and Region, with the model and the kind of call that it limits. Output tokens of some models count several times against tokens per minute: OUTPUT × says how often.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --model anthropic.claude-sonnet-4-6',
    '<%= config.bin %> <%= command.id %> --kind tokens-per-minute --region us-east-1,eu-west-1',
    '<%= config.bin %> <%= command.id %> --changed --from snapshot.json -o csv',
  ]
  static override permissions = actions(REGION_ACTIONS, [
    'servicequotas:ListAWSDefaultServiceQuotas',
    'servicequotas:ListServiceQuotas',
    'sts:GetCallerIdentity',
  ])
  static override seeAlso = ['account snapshot', 'models availability', 'monitor']
  static override flags = {
    model: Flags.string({
      description: 'keep quotas of this model: any id, or a part of its name; repeatable',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    }),
    kind: Flags.option({options: KINDS, multiple: true, multipleNonGreedy: true, delimiter: ','})({
      description: 'keep one kind; repeatable',
    }),
    changed: Flags.boolean({description: 'keep those that differ from the default'}),
    from: Flags.string({description: 'read this saved snapshot and make no call', helpValue: 'FILE'}),
  }

  async run(): Promise<AccountQuotas> {
    const {flags, settings} = await this.open(AccountQuotasCommand)
    const [{listQuotas}, {quotasView}] = await Promise.all([
      import('../../lib/account/quotas/list-quotas.js'),
      import('../../lib/account/quotas/render-quotas.js'),
    ])
    const filter = {models: flags.model ?? [], kinds: flags.kind ?? [], changed: flags.changed}
    if (flags.from !== undefined) {
      const [{readSnapshot}, {openCatalog}] = await Promise.all([
        import('../../lib/account/snapshot-store.js'),
        import('../../lib/catalog/open-catalog.js'),
      ])
      const [snapshot, catalog] = await Promise.all([readSnapshot(flags.from), openCatalog()])
      return this.print(listQuotas(snapshot, filter, catalog), quotasView)
    }
    const connection = await this.connect(settings)
    const {takeSnapshot} = await import('../../lib/cli/take-snapshot.js')
    const {snapshot} = await takeSnapshot(
      {
        reads: ['service-quotas:bedrock', 'service-quotas:bedrock-defaults'],
        settings,
        toolVersion: this.config.version,
      },
      connection,
      {signal: this.signal, progress: this.progress},
    )
    return this.print(listQuotas(snapshot, filter, connection.catalog), quotasView)
  }
}
