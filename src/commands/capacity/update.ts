import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {CapacityUpdateResult} from '../../lib/capacity/update/capacity-update.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class CapacityUpdate extends BaseCommand {
  static override summary = 'give provisioned throughput another name, or another model of the same base'
  static override description =
    'Provisioned throughput of a custom model can serve another custom model of the same base, or that base; a deployment another custom model of the same base. While it changes, answers may come from the old model. The number of units and the commitment cannot be changed: that takes another one.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> support --model support-tone-v2 --dry-run',
    '<%= config.bin %> <%= command.id %> support --name support-2027 --yes',
  ]
  static override permissions = [
    'bedrock:GetCustomModel',
    'bedrock:GetCustomModelDeployment',
    'bedrock:GetProvisionedModelThroughput',
    'bedrock:ListCustomModelDeployments',
    'bedrock:ListCustomModels',
    'bedrock:ListProvisionedModelThroughputs',
    'bedrock:UpdateCustomModelDeployment',
    'bedrock:UpdateProvisionedModelThroughput',
  ]
  static override seeAlso = ['capacity list', 'capacity create', 'capacity delete']
  static override args = {
    capacity: Args.string({description: 'name, id or ARN of the throughput or deployment', required: true}),
  }
  static override flags = {
    name: Flags.string({description: 'new name of the throughput'}),
    model: Flags.string({description: 'custom model to serve, by name or ARN, or the base that it was made of'}),
    'dry-run': Flags.boolean({description: 'show what would be changed and do nothing', default: false}),
  }

  async run(): Promise<CapacityUpdateResult> {
    const {args, flags, settings} = await this.open(CapacityUpdate)
    const [{planUpdate, updateCapacity}, {capacityUpdateView, updateQuestion}, {findCapacityOf, openCapacity}, change] =
      await Promise.all([
        import('../../lib/capacity/update/plan-update.js'),
        import('../../lib/capacity/update/render-update.js'),
        import('../../lib/cli/open-capacity.js'),
        import('../../lib/cli/capacity-update.js'),
      ])
    const connection = await this.connect(settings)
    const door = await openCapacity(args.capacity, settings, connection)
    const found = await findCapacityOf(args.capacity, door, this.signal)
    const planned = planUpdate(found, await change.readChange(flags, found, door, this.signal))
    const base = {schemaVersion: 1, simulated: connection.simulated(), unread: [], ...planned} as const
    if (planned.change.name === null && planned.change.modelArn === null) {
      return this.print({...base, outcome: 'unchanged'}, capacityUpdateView)
    }
    if (flags['dry-run']) return this.print({...base, outcome: 'would-update'}, capacityUpdateView)
    await this.confirm(updateQuestion(planned))
    await updateCapacity(planned, door.source, this.signal)
    return this.print({...base, outcome: 'updating'}, capacityUpdateView)
  }
}
