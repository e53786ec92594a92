import * as Args from '@oclif/core/args'
import {WatchCommand} from '../../lib/cli/watch-command.js'
import type {ImportsWatchResult} from '../../lib/imports/watch/imports-watch.schema.js'

export default class ImportsWatch extends WatchCommand {
  static override summary = 'watch a model import until it ends'
  static override description =
    'The service tells of the state of an import and of nothing between: how long it may take is told by imports that completed here before, and not at all where there are none. On a terminal one screen shows it (q leaves it); elsewhere, and with --plain, each change is one line, with -o ndjson one JSON object. Ends when the import has: exit 0 when it completed, 3 when it failed, with what to do about it, 7 when --timeout is over, 130 when it was left. The import goes on in every case.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> house-llama',
    '<%= config.bin %> <%= command.id %> house-llama --timeout 2h -o ndjson',
    '<%= config.bin %> <%= command.id %> house-llama --interval 1m --plain',
  ]
  static override permissions = [
    'bedrock:GetImportedModel',
    'bedrock:GetModelImportJob',
    'bedrock:ListImportedModels',
    'bedrock:ListModelImportJobs',
  ]
  static override seeAlso = ['imports show', 'imports invoke']
  static override args = {
    job: Args.string({description: 'name, id or ARN of a job, or name of its model', required: true}),
  }

  async run(): Promise<ImportsWatchResult> {
    const {args, flags, settings} = await this.open(ImportsWatch)
    const {frame, times} = await this.watching(flags, settings)
    const [{runImportWatch}, {openImportView}, {importsWatchView}] = await Promise.all([
      import('../../lib/cli/import-watch.js'),
      import('../../lib/cli/import-watch-view.js'),
      import('../../lib/imports/watch/render-watch.js'),
    ])
    const connection = await this.connect(settings)
    const shown = await openImportView(frame)
    const result = await runImportWatch(args.job, times, settings, connection, shown).finally(() => shown.close())
    return this.printEnd(result, importsWatchView)
  }
}
