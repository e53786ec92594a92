import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {BatchStopResult} from '../../lib/batch/stop/batch-stop.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'

export default class BatchStop extends BaseCommand {
  static override strict = false
  static override summary = 'stop batch groups or jobs'
  static override description =
    'Names what is stopped and what it has cost so far, and asks. What was processed is paid, and its answers can be collected; batch retry takes up the rest. Shards that have no job yet get none any more, and what was begun of their uploads is removed from S3. A job that was asked for and is not listed yet is looked for until it must be. What has ended already is left as it is: stopping twice does no harm.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> reviews --dry-run',
    '<%= config.bin %> <%= command.id %> reviews --yes --wait',
  ]
  static override permissions = [
    'bedrock:GetModelInvocationJob',
    'bedrock:ListModelInvocationJobs',
    'bedrock:StopModelInvocationJob',
    's3:AbortMultipartUpload',
    's3:ListBucketMultipartUploads',
  ]
  static override seeAlso = ['batch watch', 'batch collect', 'batch retry']
  static override args = {
    target: Args.string({description: 'group, or name, id or ARN of a job; several may follow', required: true}),
  }
  static override flags = {
    wait: Flags.boolean({description: 'wait until nothing of it is open any more', default: false}),
    'dry-run': Flags.boolean({description: 'show what would be stopped and do nothing', default: false}),
  }

  async run(): Promise<BatchStopResult> {
    const {argv, flags, settings} = await this.open(BatchStop)
    const [{openStop}, {batchStopView, costWords}, {stopQuestion}] = await Promise.all([
      import('../../lib/cli/batch-stop.js'),
      import('../../lib/batch/stop/render-stop.js'),
      import('../../lib/batch/stop/plan-stop.js'),
    ])
    const connection = await this.connect(settings)
    const frame = {signal: this.signal, onClose: (close: () => Promise<void>) => this.onClose(close)}
    const {plan, stop} = await openStop([...new Set(argv)], settings, connection, frame)
    const question = stopQuestion(plan, costWords(plan.costs, this.terminal))
    if (question !== undefined && !flags['dry-run']) await this.confirm(question)
    return this.print(await stop({wait: flags.wait, dryRun: flags['dry-run']}), batchStopView)
  }
}
