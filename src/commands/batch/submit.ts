import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {PlanFile} from '../../lib/batch/plan/plan.schema.js'
import type {SubmitResult} from '../../lib/batch/submit/submit.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {BATCH_PLAN_ACTIONS, type BatchPlanFlags, batchPlanFlags} from '../../lib/cli/batch-flags.js'
import {actions} from '../../lib/cli/permissions.js'
import type {Settings} from '../../lib/config/settings.js'
import {EXIT} from '../../lib/core/errors.js'

export default class BatchSubmit extends BaseCommand {
  static override summary =
    'upload the records of a plan and make its batch jobs, to be killed and run again at any point'
  static override description =
    'Uploads each shard (in parts, several at once, verified by S3) and makes its job, as many as the plan has open at once; the rest waits for room. Every step is written to the journal of the group before the next begins: run it again with the same plan, or with the name of the group, and it goes on where it was, with nothing twice. A shard that the service refuses does not stop the others: exit 3. One process works on a group at a time; a second one waits. --detach does what fits now and ends; --wait goes on until every job has ended. BEDROCKCTL_STATE_DIR names another folder for groups.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> nightly.plan.json --dry-run',
    '<%= config.bin %> <%= command.id %> nightly.plan.json --yes',
    '<%= config.bin %> <%= command.id %> nightly --wait --timeout 12h',
    '<%= config.bin %> <%= command.id %> examples/batch/reviews.jsonl --model anthropic.claude-sonnet-4-6 --role BedrockBatch --staging s3://batch-data/in --dry-run',
  ]
  static override permissions = actions(BATCH_PLAN_ACTIONS, [
    'bedrock:CreateModelInvocationJob',
    'bedrock:GetModelInvocationJob',
    'bedrock:ListModelInvocationJobs',
    'bedrock:TagResource',
    'iam:PassRole',
    's3:AbortMultipartUpload',
    's3:GetObject',
    's3:ListBucketMultipartUploads',
    's3:ListMultipartUploadParts',
    's3:PutObject',
    'sts:GetCallerIdentity',
  ])
  static override seeAlso = ['batch plan', 'batch watch', 'batch collect']
  static override args = {
    plan: Args.string({
      description: 'plan file, or the name of a group that was begun; with --model, records to plan and submit',
      required: true,
    }),
  }
  static override flags = {
    ...batchPlanFlags,
    'dry-run': Flags.boolean({description: 'show what would be done and do nothing'}),
    wait: Flags.boolean({description: 'go on until every job has ended', exclusive: ['detach']}),
    detach: Flags.boolean({description: 'make the jobs that fit now, and leave the rest to another run'}),
    timeout: Flags.string({
      description: 'end the waiting after so long (30m, 12h), for jobs or another process: exit 7, jobs go on',
    }),
    interval: Flags.string({
      description: 'how often to look at the jobs; soon at first, later every 30 s, unless given',
    }),
    'fail-if-busy': Flags.boolean({description: 'fail when another process works on the group; do not wait for it'}),
  }

  async run(): Promise<SubmitResult> {
    const {args, flags, settings} = await this.open(BatchSubmit)
    const [{openSubmit}, {durationOf}, {describeSubmit}, {submitQuestion, submitView}] = await Promise.all([
      import('../../lib/cli/open-submit.js'),
      import('../../lib/cli/run-submit.js'),
      import('../../lib/batch/submit/describe-submit.js'),
      import('../../lib/batch/submit/render-submit.js'),
    ])
    const command = await this.#command()
    const words = {
      until: flags.wait ? 'ended' : flags.detach ? 'fits' : 'created',
      pollMs: flags.interval === undefined ? undefined : durationOf('--interval', flags.interval),
      timeoutMs: flags.timeout === undefined ? undefined : durationOf('--timeout', flags.timeout),
    } as const
    const note = (text: string) => this.note(text)
    const what = flags.model === undefined ? args.plan : await this.#plan(args.plan, flags, settings)
    const {before, folder, open} = await openSubmit(what)
    const shown = describeSubmit({state: before, folder, outcome: 'would-submit', simulated: false, command})
    const connection = await this.connect(settings)
    const frame = {signal: this.signal, progress: this.progress, note}
    if (flags['dry-run']) return this.print({...shown, simulated: connection.simulated()}, submitView)
    if (shown.shards.some(({arn}) => arn === null)) await this.confirm(submitQuestion(shown))
    const {gone, outcome, state} = await open(
      {...words, failIfBusy: flags['fail-if-busy']},
      connection,
      frame,
      (close) => this.onClose(close),
    )
    const result = describeSubmit({state, folder, outcome, simulated: connection.simulated(), gone})
    await this.print(result, submitView)
    if (outcome === 'timed-out' && result.gate?.passed !== false) process.exitCode = EXIT.timedOut
    return result
  }

  /** As it was typed, but for real. */
  async #command(): Promise<string> {
    const {shellWord} = await import('../../lib/core/shell-word.js')
    const words = this.argv.filter((word) => word !== '--dry-run')
    return ['bedrockctl batch submit', ...words.map(shellWord)].join(' ')
  }

  /** Plans a pile of records first, and shows the plan beside the answer. */
  async #plan(file: string, flags: BatchPlanFlags, settings: Settings): Promise<PlanFile> {
    const {planForSubmit} = await import('../../lib/cli/plan-for-submit.js')
    return planForSubmit(file, flags, {...this.frame(settings), warn: (text: string) => this.note(text)}, this.terminal)
  }
}
