import * as Args from '@oclif/core/args'
import type {BatchWatchResult} from '../../lib/batch/watch/batch-watch.schema.js'
import {WatchCommand} from '../../lib/cli/watch-command.js'

export default class BatchWatch extends WatchCommand {
  static override summary = 'watch a batch group or job until it ends'
  static override description =
    'Looks soon at first and later every 30 s, with one list of the jobs of a group. On a terminal one screen shows them (q leaves it); elsewhere, and with --plain, each change is one line, with -o ndjson one JSON object. Ends when all jobs have: exit 0 when all completed, 3 otherwise, 7 when --timeout is over, 130 when it was left. The jobs go on in every case.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> reviews',
    '<%= config.bin %> <%= command.id %> reviews --timeout 12h -o ndjson',
    '<%= config.bin %> <%= command.id %> reviews --interval 2m --plain',
  ]
  static override permissions = ['bedrock:GetModelInvocationJob', 'bedrock:ListModelInvocationJobs']
  static override seeAlso = ['batch show', 'batch collect', 'batch retry', 'monitor']
  static override args = {target: Args.string({description: 'group, or name, id or ARN of a job', required: true})}

  async run(): Promise<BatchWatchResult> {
    const {args, flags, settings} = await this.open(BatchWatch)
    const {frame, times} = await this.watching(flags, settings)
    const [{runBatchWatch}, {openBatchView}, {batchWatchView}] = await Promise.all([
      import('../../lib/cli/batch-watch.js'),
      import('../../lib/cli/batch-watch-view.js'),
      import('../../lib/batch/watch/render-watch.js'),
    ])
    const connection = await this.connect(settings)
    const shown = await openBatchView(frame)
    const result = await runBatchWatch(args.target, times, settings, connection, shown).finally(() => shown.close())
    return this.printEnd(result, batchWatchView)
  }
}
