import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {BatchRetryResult} from '../../lib/batch/retry/batch-retry.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {EXIT} from '../../lib/core/errors.js'

export default class BatchRetry extends BaseCommand {
  static override summary = 'try the failed and missing records of a batch group again'
  static override description =
    'Reads the answers of all rounds, and makes a round of what has none: missing (its job expired, was stopped, or failed for access or in the service), throttled, timed out, failed in the model. Invalid and filtered records, and those of a job that failed for its input, would fail again: they are tried only with --include. Nothing of the input is copied; records that need no change are sent as the bytes they are. The price comes first. Fewer records than a job takes are asked one by one with --on-demand; each answer is kept as it comes, so that it can be stopped and run again, and all are put beside those of the jobs. Answers of all rounds are joined by batch collect.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> reviews --dry-run',
    '<%= config.bin %> <%= command.id %> reviews --yes --wait',
    '<%= config.bin %> <%= command.id %> reviews --include validation --include failed-jobs',
    '<%= config.bin %> <%= command.id %> reviews --on-demand',
  ]
  static override permissions = [
    'bedrock:CreateModelInvocationJob',
    'bedrock:GetModelInvocationJob',
    'bedrock:InvokeModel',
    'bedrock:ListModelInvocationJobs',
    'bedrock:TagResource',
    'iam:PassRole',
    'pricing:DescribeServices',
    'pricing:GetProducts',
    's3:AbortMultipartUpload',
    's3:GetObject',
    's3:ListBucket',
    's3:ListBucketMultipartUploads',
    's3:ListMultipartUploadParts',
    's3:PutObject',
    'sts:GetCallerIdentity',
  ]
  static override seeAlso = ['batch show', 'batch collect', 'batch submit']
  static override args = {group: Args.string({description: 'group of this machine', required: true})}
  static override flags = {
    include: Flags.option({
      options: ['validation', 'content-filter', 'other', 'failed-jobs'] as const,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    })({description: 'try these too, though they are likely to fail again', default: []}),
    'on-demand': Flags.boolean({
      description: 'ask for the records one by one, at the on-demand price: for fewer than a job takes, at most 1,000',
    }),
    'dry-run': Flags.boolean({description: 'show what would be tried again and do nothing'}),
    wait: Flags.boolean({description: 'wait for jobs that are open, and then until those of the round have ended'}),
    timeout: Flags.string({
      description: 'end the waiting, for jobs before and after, after so long in all (30m, 12h): exit 7, jobs go on',
    }),
    interval: Flags.string({
      description: 'how often to look at the jobs; soon at first, later every 30 s, unless given',
    }),
  }

  async run(): Promise<BatchRetryResult> {
    const {args, flags, settings} = await this.open(BatchRetry)
    const [{openRetry}, {durationOf}, {batchRetryView, retryQuestion}] = await Promise.all([
      import('../../lib/cli/batch-retry.js'),
      import('../../lib/cli/run-submit.js'),
      import('../../lib/batch/retry/render-retry.js'),
    ])
    const pollMs = flags.interval === undefined ? undefined : durationOf('--interval', flags.interval)
    const timeoutMs = flags.timeout === undefined ? undefined : durationOf('--timeout', flags.timeout)
    const connection = await this.connect(settings)
    const frame = {
      signal: this.signal,
      progress: this.progress,
      note: (text: string) => this.note(text),
      onClose: (close: () => Promise<void>) => this.onClose(close),
    }
    const asked = {
      group: args.group,
      include: flags.include,
      onDemand: flags['on-demand'],
      wait: flags.wait,
      intervalMs: pollMs,
      timeoutMs,
    }
    const {plan, submit, tell} = await openRetry(asked, settings, connection, frame)
    if (plan === undefined) return this.print(await tell('nothing-to-retry'), batchRetryView)
    const planned = await tell('would-retry')
    if (flags['dry-run']) return this.print(planned, batchRetryView)
    await this.confirm(retryQuestion(planned))
    const result = await submit({until: flags.wait ? 'ended' : 'created', pollMs})
    await this.print(result, batchRetryView)
    if (result.outcome === 'timed-out' && result.gate?.passed !== false) process.exitCode = EXIT.timedOut
    return result
  }
}
