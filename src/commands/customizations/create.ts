import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {CUSTOMIZATION_CREATE_ACTIONS, customizationCreateFlags} from '../../lib/cli/customization-flags.js'
import {paceFlags} from '../../lib/cli/watch-flags.js'
import {EXIT} from '../../lib/core/errors.js'
import type {CustomizationCreateResult} from '../../lib/customizations/create/customization-create.schema.js'

export default class CustomizationsCreate extends BaseCommand {
  static override summary = 'check, price and make a customization job, once'
  static override description =
    'Holds the hyperparameters against the ranges of the base, every row of the data against what it takes, and role, buckets, keys, network, names and quotas against what jobs need; what would fail is refused with exit 3 before anything is sent. Says what training, keeping and serving the model cost, and asks. Files of this machine are uploaded to --staging, and an upload that was broken off goes on. The same words make one job, however often they are run: its name and token are a digest of the request unless --name is given. --dry-run does all but upload and make it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --base-model amazon.nova-lite-v1:0 --type fine-tuning --data train.jsonl --staging s3://tuning-data/in --results s3://tuning-data/out --role BedrockTuning --hyperparameter epochCount=3 --dry-run',
    '<%= config.bin %> <%= command.id %> --base-model amazon.nova-micro-v1:0 --type distillation --teacher amazon.nova-pro-v1:0 --data s3://tuning-data/prompts.jsonl --results s3://tuning-data/out --role BedrockTuning --yes --wait',
    '<%= config.bin %> <%= command.id %> --base-model amazon.nova-2-lite-v1:0 --type reinforcement --grader arn:aws:lambda:us-east-1:111122223333:function:grade --data s3://tuning-data/tasks.jsonl --results s3://tuning-data/out --role BedrockTuning --hyperparameter epochCount=2',
  ]
  static override permissions = CUSTOMIZATION_CREATE_ACTIONS
  static override seeAlso = ['customizations check', 'customizations watch', 'customizations deploy', 'iam generate']
  static override flags = {
    ...customizationCreateFlags,
    'skip-checks': Flags.boolean({
      description: 'make it without looking at rows, account, names and quotas; hyperparameters are still checked',
      default: false,
    }),
    'dry-run': Flags.boolean({description: 'show all that would be done and do nothing', default: false}),
    wait: Flags.boolean({description: 'wait until the job has ended; exit 3 when it did not complete', default: false}),
    timeout: paceFlags.timeout,
  }

  async run(): Promise<CustomizationCreateResult> {
    const {flags, settings} = await this.open(CustomizationsCreate)
    const [{openCreate}, {customizationCreateView}, {readTimes}] = await Promise.all([
      import('../../lib/cli/customization-create.js'),
      import('../../lib/customizations/create/render-create.js'),
      import('../../lib/cli/read-wait.js'),
    ])
    const {timeoutMs} = readTimes(flags)
    const connection = await this.connect(settings)
    const {create, question, result} = await openCreate(flags, {
      ...this.frame(settings),
      connection,
      warn: (text) => this.note(text),
    })
    if (flags['dry-run'] || result.outcome === 'refused') return this.print(result, customizationCreateView)
    if (question !== undefined) await this.confirm(question)
    const made = await create(flags.wait ? {timeoutMs} : undefined)
    await this.print(made.result, customizationCreateView)
    if (made.timedOut) process.exitCode = EXIT.timedOut
    return made.result
  }
}
