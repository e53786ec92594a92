import * as Args from '@oclif/core/args'
import type {BatchShowResult} from '../../lib/batch/show/batch-show.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'

export default class BatchShow extends BaseCommand {
  static override summary = 'show all of a batch group or job: states, counts, pace, cost, failures'
  static override description =
    'A group is one pile of records with its rounds and jobs; a job is named by its name, id or ARN, made by whomever. Tokens come from the manifests of ended jobs and are priced by the batch rows of the price book; before that, cost is what the plan says. A failure comes with what to do about it where its message is known.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> reviews',
    '<%= config.bin %> <%= command.id %> arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/a1b2c3d4e5f6',
    '<%= config.bin %> <%= command.id %> reviews --query failures',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:GetModelInvocationJob',
    'bedrock:ListModelInvocationJobs',
    's3:GetObject',
  ])
  static override seeAlso = ['batch list', 'batch watch', 'batch collect', 'batch retry']
  static override args = {target: Args.string({description: 'group, or name, id or ARN of a job', required: true})}

  async run(): Promise<BatchShowResult> {
    const {args, settings} = await this.open(BatchShow)
    const [{showBatch}, {batchShowView}, {readBatchShow}] = await Promise.all([
      import('../../lib/batch/show/show-batch.js'),
      import('../../lib/batch/show/render-batch-show.js'),
      import('../../lib/cli/batch-show.js'),
    ])
    const connection = await this.connect(settings)
    const frame = {signal: this.signal, progress: this.progress, warn: (text: string) => this.note(text)}
    return this.print(showBatch(await readBatchShow(args.target, settings, connection, frame)), batchShowView)
  }
}
