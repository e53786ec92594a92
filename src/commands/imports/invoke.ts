import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../lib/cli/base-command.js'
import {actions, PRICE_ACTIONS} from '../../lib/cli/permissions.js'
import type {ImportsInvokeResult} from '../../lib/imports/invoke/imports-invoke.schema.js'

export default class ImportsInvoke extends BaseCommand {
  static override summary = 'ask an imported model, waiting until it is loaded'
  static override description =
    'A smoke test: asks with Converse where the model supports it, else in the format that its architecture takes, and tells how long the cold start took, the tokens, and what the copy costs. A model that nobody calls is unloaded; the first request loads it again, which takes from seconds to minutes and costs nothing until it answers. Exit 7 when it is not ready after --timeout. Prompts and answers are kept nowhere.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> house-llama --prompt "What is a shard?"',
    '<%= config.bin %> <%= command.id %> house-llama --messages chat.json --max-tokens 500 --timeout 15m',
    '<%= config.bin %> <%= command.id %> house-llama --prompt "Say hello." --query answer',
  ]
  static override permissions = actions(PRICE_ACTIONS, [
    'bedrock:GetImportedModel',
    'bedrock:InvokeModel',
    'bedrock:ListImportedModels',
  ])
  static override seeAlso = ['imports show', 'imports delete']
  static override args = {model: Args.string({description: 'name, id or ARN of the model', required: true})}
  static override flags = {
    prompt: Flags.string({description: 'what to ask', helpValue: 'TEXT', exclusive: ['messages']}),
    messages: Flags.string({
      description: 'a conversation: JSON with roles and texts, [{"role": "user", "content": "…"}]',
      helpValue: 'FILE',
    }),
    api: Flags.option({options: ['invoke', 'converse'] as const})({
      description: 'how bodies are worded; settled by the model when not given',
    }),
    'max-tokens': Flags.integer({description: 'most output tokens of the answer', min: 1, default: 256}),
    timeout: Flags.string({description: 'stop waiting for the model to be loaded after this; exit 7', default: '10m'}),
  }

  async run(): Promise<ImportsInvokeResult> {
    const {args, flags, settings} = await this.open(ImportsInvoke)
    const [{runImportInvoke}, {importsInvokeView, waitLine}, {readWait}] = await Promise.all([
      import('../../lib/cli/import-invoke.js'),
      import('../../lib/imports/invoke/render-invoke.js'),
      import('../../lib/cli/read-wait.js'),
    ])
    const {api, messages, prompt} = flags
    const timeoutMs = readWait('timeout', flags.timeout, {leastMs: 0})
    const words = {model: args.model, prompt, messages, api, maxTokens: flags['max-tokens'], timeoutMs}
    const result = await runImportInvoke(words, settings, await this.connect(settings), {
      signal: this.signal,
      progress: this.progress,
      note: (text) => this.note(text),
      onWait: (wait) => this.note(waitLine(wait)),
    })
    return this.print(result, importsInvokeView)
  }
}
