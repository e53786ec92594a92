import * as Args from '@oclif/core/args'
import {WatchCommand} from '../../lib/cli/watch-command.js'
import type {CustomizationWatchResult} from '../../lib/customizations/watch/customization-watch.schema.js'

export default class CustomizationsWatch extends WatchCommand {
  static override summary = 'watch a customization job by phase, with its losses, until it ends'
  static override description =
    'Shows each phase with its time, and draws the losses of training and validation as the job writes them to S3. On a terminal one screen shows them (q leaves it); elsewhere, and with --plain, each change is one line, with -o ndjson one JSON object. Ends when the job has: exit 0 when it completed, 3 otherwise, 7 when --timeout is over, 130 when it was left. The job goes on in every case.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> tone',
    '<%= config.bin %> <%= command.id %> tone --timeout 12h -o ndjson',
    '<%= config.bin %> <%= command.id %> tone --interval 2m --plain',
  ]
  static override permissions = [
    'bedrock:GetModelCustomizationJob',
    'bedrock:ListModelCustomizationJobs',
    's3:GetObject',
    's3:ListBucket',
  ]
  static override seeAlso = ['customizations show', 'customizations metrics', 'customizations deploy']
  static override args = {job: Args.string({description: 'name, id or ARN of a job', required: true})}

  async run(): Promise<CustomizationWatchResult> {
    const {args, flags, settings} = await this.open(CustomizationsWatch)
    const {frame, times} = await this.watching(flags, settings)
    const [{runCustomizationWatch}, {openCustomizationView}, {customizationWatchView}] = await Promise.all([
      import('../../lib/cli/customization-watch.js'),
      import('../../lib/cli/customization-watch-view.js'),
      import('../../lib/customizations/watch/render-watch.js'),
    ])
    const connection = await this.connect(settings)
    const shown = await openCustomizationView(frame)
    const watch = runCustomizationWatch(args.job, times, settings, connection, shown)
    const {result, series} = await watch.finally(() => shown.close())
    return this.printEnd(
      result,
      customizationWatchView(() => series),
    )
  }
}
