import * as Args from '@oclif/core/args'
import {BaseCommand} from '../lib/cli/base-command.js'
import type {CompletionResult, Shell} from '../lib/completion/completion.schema.js'
import type {CompletableCommand} from '../lib/completion/completion-spec.js'

const SHELLS = ['bash', 'zsh', 'fish'] as const satisfies readonly Shell[]

export default class Completion extends BaseCommand {
  static override summary = 'print the completion script of a shell'
  static override description =
    'Commands, flags, Regions and model ids are written into the script: completing runs no program. Print it again after an update.'
  static override examples = [
    'source <(<%= config.bin %> completion bash)',
    '<%= config.bin %> completion fish > ~/.config/fish/completions/<%= config.bin %>.fish',
  ]
  static override args = {
    shell: Args.string({description: 'shell to complete in', options: [...SHELLS], required: true}),
  }

  async run(): Promise<CompletionResult> {
    const {args} = await this.open(Completion)
    const [{openCatalog}, {topicSummary}, {writeScript, installHint}, {completionView}] = await Promise.all([
      import('../lib/catalog/open-catalog.js'),
      import('../lib/cli/help/topics.js'),
      import('../lib/completion/write-script.js'),
      import('../lib/completion/render-completion.js'),
    ])
    const {models, regions} = await openCatalog()
    const shell = args.shell as Shell
    const result = writeScript(shell, {
      bin: this.config.bin,
      commands: this.config.commands as unknown as readonly CompletableCommand[],
      topicSummary,
      regions: ['all', ...regions.map(({name}) => name)],
      models: models
        .filter(({lifecycle}) => lifecycle.status !== 'EOL' && lifecycle.status !== 'UNLISTED')
        .flatMap(({id, profiles}) => [id, ...profiles.map((profile) => profile.id)]),
    })
    if (this.terminal.interactive) this.note(installHint(shell, this.config.bin))
    return this.print(result, completionView)
  }
}
