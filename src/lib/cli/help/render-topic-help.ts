import type {Terminal} from '../../output/terminal.js'
import {type HelpCommand, typedId} from './help-command.js'
import {definitions, page, paragraph, section} from './help-layout.js'
import {topicSummary} from './topics.js'

/** The commands of a topic, one line each. */
export function renderTopicHelp(
  topic: string,
  commands: readonly Pick<HelpCommand, 'id' | 'hidden' | 'summary'>[],
  bin: string,
  terminal: Terminal,
): string {
  const own = commands.filter(({id, hidden}) => id.startsWith(`${topic}:`) && hidden !== true)
  const name = typedId(topic)
  return page([
    paragraph(`${name}: ${topicSummary(topic) ?? 'commands'}`, terminal)
      .map((line) => line.trim())
      .join('\n'),
    section('USAGE', [`  ${bin} ${name} COMMAND [flags]`], terminal),
    section(
      'COMMANDS',
      definitions(
        own.map(({id, summary}) => [typedId(id.slice(topic.length + 1)), summary ?? '']),
        terminal,
      ),
      terminal,
    ),
    section('MORE', [`  ${bin} ${name} COMMAND --help`], terminal),
  ])
}
