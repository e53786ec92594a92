import * as Flags from '@oclif/core/flags'
import type {CapacityListResult} from '../../lib/capacity/list/capacity-list.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'

export default class CapacityList extends BaseCommand {
  static override summary = 'list provisioned throughput, deployments and copies of imported models'
  static override description =
    'What serves models of your own or keeps capacity for you: its state, how long it is committed to, what it costs an hour, how much of it is used, and what nobody calls. Calls and tokens come from CloudWatch; what a model unit serves is not public, so that the share that is used is known only with --tokens-per-minute-per-unit. Reservations of the Reserved tier are in no API.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --region all --idle',
    '<%= config.bin %> <%= command.id %> --tokens-per-minute-per-unit 60k --sort=-hourly',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:GetImportedModel',
    'bedrock:ListCustomModelDeployments',
    'bedrock:ListImportedModels',
    'bedrock:ListProvisionedModelThroughputs',
    'cloudwatch:GetMetricData',
    'cloudwatch:ListMetrics',
  ])
  static override seeAlso = ['capacity plan', 'capacity create', 'capacity delete', 'monitor']
  static override flags = {
    'idle-after': Flags.string({
      description: 'idle is what nobody has called for so long (36h, 7d)',
      default: '7d',
      helpValue: 'DURATION',
    }),
    idle: Flags.boolean({description: 'keep what is idle', default: false}),
    'tokens-per-minute-per-unit': Flags.string({
      helpValue: 'TOKENS',
      description: 'input and output tokens a minute that one model unit serves, as measured; not public',
    }),
    columns: Flags.string({description: 'columns to show, in this order'}),
    sort: Flags.string({description: 'column to sort by; -column for descending'}),
  }

  async run(): Promise<CapacityListResult> {
    const {flags, settings} = await this.open(CapacityList)
    const [{capacityListView, sortCapacity}, {readCapacityList}] = await Promise.all([
      import('../../lib/capacity/list/render-list.js'),
      import('../../lib/cli/capacity-list.js'),
    ])
    const view = capacityListView(flags.columns, flags.idle ? flags['idle-after'] : undefined)
    const result = await readCapacityList(flags, {...this.frame(settings), warn: (text) => this.note(text)})
    return this.print(sortCapacity(result, flags.sort), view)
  }
}
