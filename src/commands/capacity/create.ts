import * as Flags from '@oclif/core/flags'
import type {CapacityCreateResult} from '../../lib/capacity/create/capacity-create.schema.js'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {tagFlag} from '../../lib/cli/job-flags.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'
import {EXIT} from '../../lib/core/errors.js'
import type {View} from '../../lib/output/view.js'

export default class CapacityCreate extends BaseCommand {
  static override summary = 'buy provisioned throughput: model units by the hour, with or without a commitment'
  static override description =
    'Looks at the model, the quotas of units and what is there already, says in words what is committed to, asks, and buys. A commitment is confirmed by typing its name, or with --confirm NAME. Sent twice, the same words buy once: what has the name already is told, and refused where it differs. A blocker ends with exit 3 and nothing is bought.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --model meta.llama3-1-70b-instruct-v1:0:128k --region us-west-2 --model-units 1 --dry-run',
    '<%= config.bin %> <%= command.id %> --model support-tone --model-units 1 --name support --wait --yes',
    '<%= config.bin %> <%= command.id %> --model amazon.nova-lite-v1:0:24k --model-units 2 --commitment 6-month --name night --confirm night',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:CreateProvisionedModelThroughput',
    'bedrock:GetCustomModel',
    'bedrock:GetProvisionedModelThroughput',
    'bedrock:ListCustomModels',
    'bedrock:ListProvisionedModelThroughputs',
    'bedrock:TagResource',
    'servicequotas:ListServiceQuotas',
  ])
  static override seeAlso = ['capacity plan', 'capacity list', 'capacity delete']
  static override flags = {
    model: Flags.string({
      description: 'base model as it is sold, with the suffix of its context, or a custom model by name or ARN',
      required: true,
    }),
    'model-units': Flags.string({description: 'how many units', helpValue: 'UNITS', required: true}),
    commitment: Flags.option({options: ['none', '1-month', '6-month'] as const, default: 'none'})({
      description: 'for how long it cannot be deleted; longer is cheaper by the hour',
    }),
    name: Flags.string({description: 'name of the throughput; made of model, units and commitment unless given'}),
    tag: tagFlag('the throughput'),
    'dry-run': Flags.boolean({description: 'show what would be bought and buy nothing', default: false}),
    confirm: Flags.string({description: 'NAME of what is bought or deleted, in place of typing it', helpValue: 'NAME'}),
    wait: Flags.boolean({description: 'wait until it is in service', default: false}),
    timeout: Flags.string({
      description: 'with --wait: end the waiting after so long (30m): exit 7, it is billed all the same',
    }),
    interval: Flags.string({
      description: 'with --wait: how often to look; soon at first, later every 30 s, unless given',
    }),
  }

  async run(): Promise<CapacityCreateResult> {
    const {flags, settings} = await this.open(CapacityCreate)
    const [{capacityCreateView, createQuestion}, {openCreate, runCreate, tellExisting}, {readTimes}] =
      await Promise.all([
        import('../../lib/capacity/create/render-create.js'),
        import('../../lib/cli/capacity-create.js'),
        import('../../lib/cli/read-wait.js'),
      ])
    const times = readTimes(flags, {leastTimeoutMs: 1000})
    const frame = this.frame(settings)
    const opened = await openCreate(flags, {...frame, warn: (text) => this.note(text)})
    const {existing, planned} = opened
    const nothing = {...planned, arn: null, state: null, next: []}
    const wait = flags.wait ? times : undefined
    if (existing) return this.#printWaited(await tellExisting(opened, existing, wait, frame), capacityCreateView)
    if (!planned.gate.passed) return this.print({...nothing, outcome: 'refused'}, capacityCreateView)
    if (flags['dry-run']) return this.print({...nothing, outcome: 'would-create'}, capacityCreateView)
    const question = createQuestion(planned)
    if (planned.commitment === 'none') await this.confirm(question)
    else await this.confirmName(question, planned.name, flags.confirm)
    return this.#printWaited(await runCreate(opened, wait, frame), capacityCreateView)
  }

  async #printWaited(
    result: CapacityCreateResult,
    view: View<CapacityCreateResult, CapacityCreateResult>,
  ): Promise<CapacityCreateResult> {
    const printed = await this.print(result, view)
    if (result.outcome === 'timed-out' && process.exitCode === EXIT.ok) process.exitCode = EXIT.timedOut
    return printed
  }
}
