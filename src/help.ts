import type {Interfaces} from '@oclif/core'
import type {Command} from '@oclif/core/command'
import {getHelpFlagAdditions, Help, standardizeIDFromArgv} from '@oclif/core/help'
import type {HelpCommand} from './lib/cli/help/help-command.js'
import {renderCommandHelp} from './lib/cli/help/render-command-help.js'
import {renderRootHelp} from './lib/cli/help/render-root-help.js'
import {renderTopicHelp} from './lib/cli/help/render-topic-help.js'
import {unknownCommandError} from './lib/cli/parser-error.js'
import {describeTerminal, type Terminal} from './lib/output/terminal.js'

/** oclif asks this class for every help text; the words are in src/lib/cli/help. */
export class BedrockctlHelp extends Help {
  #color = true

  get #terminal(): Terminal {
    return describeTerminal(process.stdout, process.env, {color: this.#color})
  }

  override async showHelp(argv: string[]): Promise<void> {
    this.#color = !argv.includes('--no-color')
    const asking = new Set([...getHelpFlagAdditions(this.config), 'help'])
    const words = standardizeIDFromArgv(
      argv.filter((word) => !asking.has(word)),
      this.config,
    )
    const [subject] = words
    if (subject === undefined || subject.startsWith('-')) return this.showRootHelp()
    const command = this.config.findCommand(subject)
    if (command) return this.showCommandHelp(command)
    const topic = this.config.findTopic(subject)
    if (topic) return this.showTopicHelp(topic)
    throw unknownCommandError(subject, this.config.commandIDs)
  }

  protected override async showRootHelp(): Promise<void> {
    const {bin, version} = this.config
    this.#write(renderRootHelp({bin, version, commands: this.#commands()}, this.#terminal))
  }

  override async showCommandHelp(command: Command.Loadable): Promise<void> {
    this.#write(this.formatCommand(command))
  }

  protected override async showTopicHelp(topic: Interfaces.Topic): Promise<void> {
    this.#write(renderTopicHelp(topic.name, this.#commands(), this.config.bin, this.#terminal))
  }

  protected override formatCommand(command: Command.Loadable): string {
    return renderCommandHelp(command as unknown as HelpCommand, this.config.bin, this.#terminal)
  }

  #commands(): readonly HelpCommand[] {
    const commands = this.config.commands as unknown as readonly HelpCommand[]
    return commands.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  #write(text: string): void {
    process.stdout.write(text)
  }
}
