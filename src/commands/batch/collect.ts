import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {BatchCollect} from '../../lib/batch/collect/batch-collect.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'
import {usageError} from '../../lib/core/errors.js'

export default class BatchCollectCommand extends BaseCommand {
  static override summary = 'join the answers of a batch group or job to its records, as one result'
  static override description =
    'Reads what every job of every round has written so far, whatever became of it, and writes each answered record once, in the order of the input, as the bytes that the service wrote. A success beats a failure, a later round an earlier one. Records that failed or are missing are told and left out: exit 3. Run it as often as you like: the file is written whole or not at all, and one that is there is replaced only when you say so (--yes). Answers are put in order by way of a temporary file beside the result, which nobody else can read and which is gone afterwards.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> reviews --out answers.jsonl',
    '<%= config.bin %> <%= command.id %> reviews --format csv --out answers.csv --failed failed.jsonl',
    '<%= config.bin %> <%= command.id %> arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/a1b2c3d4e5f6 | head',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:GetModelInvocationJob',
    'bedrock:ListModelInvocationJobs',
    's3:GetObject',
    's3:ListBucket',
  ])
  static override seeAlso = ['batch show', 'batch retry', 'batch submit']
  static override args = {target: Args.string({description: 'group, or name, id or ARN of a job', required: true})}
  static override flags = {
    out: Flags.string({
      description: 'write the answers here; without it JSON Lines or CSV go to standard output, the report to stderr',
      helpValue: 'FILE',
    }),
    format: Flags.option({options: ['jsonl', 'csv', 'parquet'] as const, default: 'jsonl' as const})({
      description: 'what the answers are written as',
    }),
    'with-input': Flags.boolean({description: 'each answer with the input it was given (JSON Lines)'}),
    'with-failed': Flags.boolean({description: 'records that failed or are missing too, with their error'}),
    failed: Flags.string({
      description: 'write the ids of records without an answer here, with their errors, as JSON Lines',
      helpValue: 'FILE',
    }),
  }

  async run(): Promise<BatchCollect> {
    const {args, flags, settings} = await this.open(BatchCollectCommand)
    const {failed, format, out} = flags
    const asksReport = flags.json || flags.query !== undefined || (flags.output ?? 'table') !== 'table'
    if (out === undefined && asksReport) throw needsFile('The report and the answers cannot both go there.')
    if (out === undefined && format === 'parquet') throw needsFile('Parquet is no text.')
    if (flags['with-input'] && format !== 'jsonl') {
      throw usageError('INPUT_NOT_IN_TABLE', `--with-input does not work with --format ${format}.`, {
        hint: 'A table has what the models wrote; use --format jsonl.',
      })
    }
    const [{collectBatch}, {batchCollectView}] = await Promise.all([
      import('../../lib/cli/collect-batch.js'),
      import('../../lib/batch/collect/render-batch-collect.js'),
    ])
    const connection = await this.connect(settings)
    const choice = {out, format, failed, withInput: flags['with-input'], withFailed: flags['with-failed']}
    const frame = {
      signal: this.signal,
      progress: this.progress,
      warn: (text: string) => this.note(text),
      beforeReplacing: (files: readonly (string | undefined)[]) => this.confirmReplacing(files),
    }
    const result = await collectBatch(args.target, choice, {connection, settings}, frame)
    return out === undefined ? this.printAside(result, batchCollectView) : this.print(result, batchCollectView)
  }
}

function needsFile(why: string) {
  return usageError('NEEDS_OUT', 'Standard output has the answers.', {
    why,
    hint: 'Name a file for the answers with --out.',
  })
}
