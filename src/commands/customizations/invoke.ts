import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import type {CustomizationInvokeResult} from '../../lib/customizations/invoke/customization-invoke.schema.js'

export default class CustomizationsInvoke extends BaseCommand {
  static override summary = 'ask a custom model by what serves it'
  static override description =
    'A smoke test by Converse: of a deployment, of provisioned throughput, or of a model, which is asked by what serves it, units that are paid anyway before tokens. Tells tokens and how long it took. Prompts and answers are kept nowhere.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> support-tone-live --prompt "Where is my order?"',
    '<%= config.bin %> <%= command.id %> support-tone --messages chat.json --max-tokens 500',
    '<%= config.bin %> <%= command.id %> support-tone --prompt "Say hello." --query answer',
  ]
  static override permissions = [
    'bedrock:GetCustomModel',
    'bedrock:GetCustomModelDeployment',
    'bedrock:GetProvisionedModelThroughput',
    'bedrock:InvokeModel',
    'bedrock:ListCustomModelDeployments',
    'bedrock:ListCustomModels',
    'bedrock:ListProvisionedModelThroughputs',
  ]
  static override seeAlso = ['customizations deploy', 'capacity list']
  static override args = {
    target: Args.string({
      description: 'name, id or ARN of a deployment, of provisioned throughput or of a custom model',
      required: true,
    }),
  }
  static override flags = {
    prompt: Flags.string({description: 'what to ask', helpValue: 'TEXT', exclusive: ['messages']}),
    messages: Flags.string({
      description: 'a conversation: JSON with roles and texts, [{"role": "user", "content": "…"}]',
      helpValue: 'FILE',
    }),
    'max-tokens': Flags.integer({description: 'most output tokens of the answer', min: 1, default: 256}),
    timeout: Flags.string({description: 'stop waiting for it to be ready after this; exit 7', default: '10m'}),
  }

  async run(): Promise<CustomizationInvokeResult> {
    const {args, flags, settings} = await this.open(CustomizationsInvoke)
    const [{runCustomizationInvoke}, {customizationInvokeView, waitLine}, {readWait}] = await Promise.all([
      import('../../lib/cli/customization-invoke.js'),
      import('../../lib/customizations/invoke/render-invoke.js'),
      import('../../lib/cli/read-wait.js'),
    ])
    const {messages, prompt} = flags
    const timeoutMs = readWait('timeout', flags.timeout, {leastMs: 0})
    const words = {target: args.target, prompt, messages, maxTokens: flags['max-tokens'], timeoutMs}
    const result = await runCustomizationInvoke(words, settings, await this.connect(settings), {
      signal: this.signal,
      note: (text) => this.note(text),
      onWait: (wait) => this.note(waitLine(wait)),
    })
    return this.print(result, customizationInvokeView)
  }
}
