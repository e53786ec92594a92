import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {CapacityDeleteResult} from '../../lib/capacity/delete/capacity-delete.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'

export default class CapacityDelete extends BaseCommand {
  static override summary = 'delete provisioned throughput or a deployment'
  static override description =
    'The name is typed to confirm it, or given as --confirm NAME. Within a commitment it is refused before AWS is asked, with the day from which it can be deleted and what is billed until then: exit 3. The custom model that was served stays, and so does the bill for its storage.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> support --dry-run',
    '<%= config.bin %> <%= command.id %> support --confirm support',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:DeleteCustomModelDeployment',
    'bedrock:DeleteProvisionedModelThroughput',
    'bedrock:GetCustomModelDeployment',
    'bedrock:GetProvisionedModelThroughput',
    'bedrock:ListCustomModelDeployments',
    'bedrock:ListProvisionedModelThroughputs',
  ])
  static override seeAlso = ['capacity list', 'capacity create']
  static override args = {
    capacity: Args.string({description: 'name, id or ARN of the throughput or deployment', required: true}),
  }
  static override flags = {
    'dry-run': Flags.boolean({description: 'show what would be deleted and do nothing', default: false}),
    confirm: Flags.string({description: 'NAME of what is bought or deleted, in place of typing it', helpValue: 'NAME'}),
  }

  async run(): Promise<CapacityDeleteResult> {
    const {args, flags, settings} = await this.open(CapacityDelete)
    const [
      {deleteCapacity, planDelete},
      {capacityDeleteView, deleteQuestion},
      {findCapacityOf, openCapacity},
      {openPrices},
      {formatMoney},
    ] = await Promise.all([
      import('../../lib/capacity/delete/plan-delete.js'),
      import('../../lib/capacity/delete/render-delete.js'),
      import('../../lib/cli/open-capacity.js'),
      import('../../lib/cli/price-book.js'),
      import('../../lib/output/money.js'),
    ])
    const connection = await this.connect(settings)
    const door = await openCapacity(args.capacity, settings, connection)
    const found = await findCapacityOf(args.capacity, door, this.signal)
    const {book} = await openPrices(settings, connection, {
      regions: [found.one.region],
      signal: this.signal,
      progress: this.progress,
      warn: (text) => this.note(text),
    })
    const planned = planDelete(found, {catalog: connection.catalog, book, now: new Date(), money: formatMoney})
    const base = {schemaVersion: 1, simulated: connection.simulated(), unread: [], ...planned} as const
    if (flags['dry-run']) return this.print({...base, outcome: 'would-delete'}, capacityDeleteView)
    await this.confirmName(deleteQuestion(planned), planned.name, flags.confirm)
    return this.print({...base, outcome: await deleteCapacity(planned, door.source, this.signal)}, capacityDeleteView)
  }
}
