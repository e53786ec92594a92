import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {CustomizationDeleteResult} from '../../lib/customizations/delete/customization-delete.schema.js'

export default class CustomizationsDelete extends BaseCommand {
  static override summary = 'delete a custom model, which is paid for every month that it is kept'
  static override description =
    'A model cannot be had back but by training it again: its name is typed, or given with --confirm. One that a deployment or provisioned throughput serves is kept, and what serves it is named (exit 3). Its job stays: no job can be deleted. Deleting twice does no harm.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> tone --dry-run',
    '<%= config.bin %> <%= command.id %> tone --confirm tone',
  ]
  static override permissions = [
    'bedrock:DeleteCustomModel',
    'bedrock:GetCustomModel',
    'bedrock:ListCustomModelDeployments',
    'bedrock:ListCustomModels',
    'bedrock:ListProvisionedModelThroughputs',
  ]
  static override seeAlso = ['capacity delete', 'customizations list']
  static override args = {model: Args.string({description: 'name, id or ARN of a custom model', required: true})}
  static override flags = {
    'dry-run': Flags.boolean({description: 'show what would be deleted and do nothing', default: false}),
    confirm: Flags.string({description: 'NAME of what is bought or deleted, in place of typing it', helpValue: 'NAME'}),
  }

  async run(): Promise<CustomizationDeleteResult> {
    const {args, flags, settings} = await this.open(CustomizationsDelete)
    const [{openCustomizations}, {findModel}, {deleteModel, planDelete}, {customizationDeleteView}] = await Promise.all(
      [
        import('../../lib/cli/open-customizations.js'),
        import('../../lib/customizations/follow/find-model.js'),
        import('../../lib/customizations/delete/delete-model.js'),
        import('../../lib/customizations/delete/render-delete.js'),
      ],
    )
    const connection = await this.connect(settings)
    const {capacity, places, source} = await openCustomizations(args.model, settings, connection)
    const model = await findModel(args.model, places, source, this.signal)
    const planned = await planDelete(args.model, model, capacity, this.signal)
    const isToDo = planned.outcome === 'would-delete' && !flags['dry-run']
    if (isToDo) {
      const question = `Delete the custom model ${planned.name}? It cannot be had back.`
      await this.confirmName(question, planned.name, flags.confirm)
    }
    const told = isToDo ? await deleteModel(planned, source, this.signal) : planned
    return this.print({schemaVersion: 1, simulated: connection.simulated(), ...told}, customizationDeleteView)
  }
}
