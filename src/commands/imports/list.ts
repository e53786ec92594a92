import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {ImportsListResult} from '../../lib/imports/list/imports-list.schema.js'

export default class ImportsList extends BaseCommand {
  static override summary = 'list model imports and the models they made'
  static override description =
    'One line an import, newest first: those that run, those that failed, and models that are kept. --region all asks each Region that imports models. Deleted: the import completed, and its model is gone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --region all --state Failed',
    '<%= config.bin %> <%= command.id %> --columns name,model-arn -o csv',
  ]
  static override permissions = [
    'bedrock:GetImportedModel',
    'bedrock:ListImportedModels',
    'bedrock:ListModelImportJobs',
  ]
  static override seeAlso = ['imports show', 'imports watch', 'imports create']
  static override flags = {
    state: Flags.string({description: 'keep this state (InProgress, Completed, Failed, Deleted)'}),
    columns: Flags.string({description: 'columns to show, in this order'}),
    sort: Flags.string({description: 'column to sort by; -column for descending'}),
  }

  async run(): Promise<ImportsListResult> {
    const {flags, settings} = await this.open(ImportsList)
    const [{importsListView, sortImports}, {listImports}, {readImports}, {openImports}] = await Promise.all([
      import('../../lib/imports/list/render-list.js'),
      import('../../lib/imports/list/list-imports.js'),
      import('../../lib/imports/list/read-imports.js'),
      import('../../lib/cli/open-imports.js'),
    ])
    const view = importsListView(flags.columns)
    const connection = await this.connect(settings)
    const {regions, source} = await openImports(settings, connection)
    const nowMs = Date.now()
    const {read, unread} = await readImports(regions, source, nowMs, this.signal)
    const result: ImportsListResult = {
      schemaVersion: 1,
      simulated: connection.simulated(),
      unread,
      regions,
      asOf: new Date(nowMs).toISOString(),
      rows: listImports(read, {nowMs, state: flags.state}),
    }
    return this.print(sortImports(result, flags.sort), view)
  }
}
