import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {BatchPlan} from '../../lib/batch/plan/batch-plan.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {BATCH_PLAN_ACTIONS, batchPlanFlags} from '../../lib/cli/batch-flags.js'

export default class BatchPlanCommand extends BaseCommand {
  static override summary =
    'cut a pile of records into batch jobs, price them, and look at all that could make them fail'
  static override description =
    'Every record is checked, then cut in its order into the fewest jobs that keep to the quotas of the model; nothing is copied and nothing is padded. The price is that of the batch rows, before a cent is spent. What is looked at: model and route, role and its trust, rights of caller and role on buckets and keys, the Region of the buckets, bedrockctl.yaml. The plan is saved unless something of that fails: exit 3; 6 when something could not be known.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> examples/batch/reviews.jsonl --model anthropic.claude-sonnet-4-6 --role BedrockBatch --staging s3://batch-data/in',
    '<%= config.bin %> <%= command.id %> s3://batch-data/prompts.jsonl --model amazon.nova-lite-v1:0 --route geo --role BedrockBatch --staging s3://batch-data/in --results s3://batch-data/out --max-jobs 4 --out plan.json',
  ]
  static override permissions = BATCH_PLAN_ACTIONS
  static override seeAlso = ['batch check', 'batch submit', 'iam generate', 'account quotas']
  static override args = {
    file: Args.string({description: 'JSON Lines, one record a line; a file or an s3:// URI', required: true}),
  }
  static override flags = {
    ...batchPlanFlags,
    out: Flags.string({description: 'save the plan here; GROUP.plan.json unless given', helpValue: 'FILE'}),
  }

  async run(): Promise<BatchPlan> {
    const {args, flags, settings} = await this.open(BatchPlanCommand)
    const [{makeBatchPlan}, {savePlan}, {batchPlanView}] = await Promise.all([
      import('../../lib/cli/make-batch-plan.js'),
      import('../../lib/batch/plan/save-plan.js'),
      import('../../lib/batch/plan/render-plan.js'),
    ])
    const named = flags.out ?? (flags.group === undefined ? undefined : `${flags.group}.plan.json`)
    await this.confirmReplacing([named])
    const frame = {...this.frame(settings), warn: (text: string) => this.note(text)}
    const {plan, result} = await makeBatchPlan(args.file, flags, frame)
    if (plan === undefined || !result.gate.passed) return this.print(result, batchPlanView)
    const saved = named ?? `${plan.group}.plan.json`
    if (named === undefined) await this.confirmReplacing([saved])
    await savePlan(saved, plan)
    return this.print({...result, saved}, batchPlanView)
  }
}
