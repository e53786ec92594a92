import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'
import type {ImportsDeleteResult} from '../../lib/imports/delete/imports-delete.schema.js'

export default class ImportsDelete extends BaseCommand {
  static override summary = 'delete an imported model'
  static override description =
    'The name of the model is typed to confirm it, or given as --confirm NAME. Its files in S3 stay, and so does the record of its job. A model that is gone already is no error: deleting twice does no harm.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> house-llama --dry-run',
    '<%= config.bin %> <%= command.id %> house-llama --confirm house-llama',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:DeleteImportedModel',
    'bedrock:GetImportedModel',
    'bedrock:GetModelImportJob',
    'bedrock:ListImportedModels',
    'bedrock:ListModelImportJobs',
  ])
  static override seeAlso = ['imports list', 'imports show']
  static override args = {model: Args.string({description: 'name, id or ARN of the model', required: true})}
  static override flags = {
    'dry-run': Flags.boolean({description: 'show what would be deleted and do nothing', default: false}),
    confirm: Flags.string({description: 'NAME of what is bought or deleted, in place of typing it', helpValue: 'NAME'}),
  }

  async run(): Promise<ImportsDeleteResult> {
    const {args, flags, settings} = await this.open(ImportsDelete)
    const [{deleteModel, planDelete}, {deleteQuestion, importsDeleteView}, {findImportOf, openImports, pricesOf}] =
      await Promise.all([
        import('../../lib/imports/delete/delete-model.js'),
        import('../../lib/imports/delete/render-delete.js'),
        import('../../lib/cli/open-imports.js'),
      ])
    const connection = await this.connect(settings)
    const door = await openImports(settings, connection)
    const found = await findImportOf(args.model, door, this.signal)
    const frame = {signal: this.signal, progress: this.progress, warn: (text: string) => this.note(text)}
    const prices = await pricesOf(found, settings, connection, frame)
    const {gone, ...planned} = planDelete(found, prices?.book)
    const base = {schemaVersion: 1, simulated: connection.simulated(), unread: [], ...planned} as const
    if (gone) return this.print({...base, outcome: 'already-deleted'}, importsDeleteView)
    if (flags['dry-run']) return this.print({...base, outcome: 'would-delete'}, importsDeleteView)
    await this.confirmName(deleteQuestion({gone, ...planned}), planned.model.name, flags.confirm)
    return this.print({...base, outcome: await deleteModel(planned, door.source, this.signal)}, importsDeleteView)
  }
}
