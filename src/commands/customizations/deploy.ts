import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {tagFlag} from '../../lib/cli/job-flags.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'
import {EXIT} from '../../lib/core/errors.js'
import type {CustomizationDeployResult} from '../../lib/customizations/deploy/customization-deploy.schema.js'

export default class CustomizationsDeploy extends BaseCommand {
  static override summary = 'make a custom model callable: on demand where it can be, else by model units'
  static override description =
    'Says which way it takes and why: a deployment on demand, which costs tokens alone, where base, Region and day of the model allow it; else provisioned throughput, with its price by the hour. A commitment is confirmed by typing its name, or with --confirm NAME. The same words deploy once: what has the name already is told, and refused where it is another model.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> support-tone --wait',
    '<%= config.bin %> <%= command.id %> support-tone --name support-live --dry-run',
    '<%= config.bin %> <%= command.id %> support-tone --provisioned --model-units 1 --commitment 1-month --name support --confirm support',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:CreateCustomModelDeployment',
    'bedrock:CreateProvisionedModelThroughput',
    'bedrock:GetCustomModel',
    'bedrock:GetCustomModelDeployment',
    'bedrock:GetProvisionedModelThroughput',
    'bedrock:ListCustomModels',
    'bedrock:ListProvisionedModelThroughputs',
    'bedrock:TagResource',
    'servicequotas:ListServiceQuotas',
  ])
  static override seeAlso = ['customizations invoke', 'capacity list', 'capacity delete']
  static override args = {model: Args.string({description: 'name, id or ARN of a custom model', required: true})}
  static override flags = {
    name: Flags.string({description: 'name of the deployment; that of the model unless given'}),
    provisioned: Flags.boolean({description: 'buy model units though it could be served on demand', default: false}),
    'model-units': Flags.string({
      description: 'how many units, where units are bought',
      helpValue: 'UNITS',
      default: '1',
    }),
    commitment: Flags.option({options: ['none', '1-month', '6-month'] as const, default: 'none'})({
      description: 'for how long units cannot be deleted; longer is cheaper by the hour',
    }),
    tag: tagFlag('what is made'),
    'dry-run': Flags.boolean({description: 'show what would be made and make nothing', default: false}),
    confirm: Flags.string({description: 'NAME of what is bought or deleted, in place of typing it', helpValue: 'NAME'}),
    wait: Flags.boolean({description: 'wait until it can be called', default: false}),
    timeout: Flags.string({description: 'with --wait: end the waiting after so long (30m); exit 7'}),
    interval: Flags.string({
      description: 'with --wait: how often to look; soon at first, later every 30 s, unless given',
    }),
  }

  async run(): Promise<CustomizationDeployResult> {
    const {args, flags, settings} = await this.open(CustomizationsDeploy)
    const [{openDeploy}, {customizationDeployView}, {readTimes}] = await Promise.all([
      import('../../lib/cli/customization-deploy.js'),
      import('../../lib/customizations/deploy/render-deploy.js'),
      import('../../lib/cli/read-wait.js'),
    ])
    const times = readTimes(flags)
    const frame = {...this.frame(settings), warn: (text: string) => this.note(text)}
    const {create, question, result} = await openDeploy(args.model, flags, frame)
    if (flags['dry-run'] || result.outcome === 'refused') return this.print(result, customizationDeployView)
    if (question?.commits === true) await this.confirmName(question.text, result.name, flags.confirm)
    else if (question) await this.confirm(question.text)
    const made = await create(flags.wait ? times : undefined)
    await this.print(made, customizationDeployView)
    if (made.outcome === 'timed-out') process.exitCode = EXIT.timedOut
    return made
  }
}
