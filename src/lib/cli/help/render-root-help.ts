import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import {EXIT_CODES} from './exit-codes.js'
import type {HelpCommand} from './help-command.js'
import {definitions, flow, helpWidth, page, paragraph, section} from './help-layout.js'
import {type HelpTopic, QUESTIONS} from './topics.js'

export interface RootHelp {
  readonly bin: string
  readonly version: string
  readonly commands: readonly Pick<HelpCommand, 'id' | 'hidden' | 'summary'>[]
}

const PURPOSE =
  'Answers for Amazon Bedrock: which model you can call from where, where the prompt travels, what the account allows, and what it costs.'

/** Both need no account. */
const FIRST = [
  ['models:availability', 'models availability anthropic.claude-sonnet-4-6 --offline'],
  ['models:list', 'models list --sandbox'],
] as const

/** What it answers, the topics by question, where to start, the exit codes. */
export function renderRootHelp({bin, version, commands}: RootHelp, terminal: Terminal): string {
  const shown = commands.filter(({hidden}) => hidden !== true)
  const ids = new Set(shown.map(({id}) => id))
  const first = FIRST.filter(([id]) => ids.has(id)).map(([, line]) => `  ${bin} ${line}`)
  const known = new Set(QUESTIONS.flatMap(({topics}) => topics.map(({name}) => name)))
  const others = [...new Set(shown.map(({id}) => firstWord(id)))].filter((name) => !known.has(name))
  const groups = [...QUESTIONS, {question: 'More', topics: others.map((name) => ({name, summary: ''}))}]
  return page([
    [`${paint('strong', bin, terminal)} ${version}`, ...paragraph(PURPOSE, terminal).map((line) => line.trim())].join(
      '\n',
    ),
    section('USAGE', [`  ${bin} TOPIC COMMAND [flags]`], terminal),
    ...groups.map(({question, topics}) => section(question, describeTopics(topics, shown, terminal), terminal)),
    section('START HERE', first, terminal),
    section(
      'EXIT CODES',
      flow(
        EXIT_CODES.map(([code, text]) => `${code} ${text}`),
        terminal,
      ),
      terminal,
    ),
    section('MORE', moreHelp(bin, terminal), terminal),
  ])
}

function describeTopics(topics: readonly HelpTopic[], commands: RootHelp['commands'], terminal: Terminal): string[] {
  const longest = Math.max(...commands.map(({id}) => firstWord(id).length))
  return topics.flatMap(({name, summary}) => {
    const own = commands.filter(({id}) => firstWord(id) === name)
    if (own.length === 0) return []
    const verbs = own.map(({id}) => id.split(':').slice(1).join(' ')).filter((verb) => verb !== '')
    const blank = ' '.repeat(Math.min(longest + 4, Math.floor(helpWidth(terminal) / 3)))
    const text = summary === '' ? (own[0]?.summary ?? '') : summary
    return [
      ...definitions([[name.padEnd(longest), text]], terminal),
      ...flow(verbs, terminal, blank).map((line) => paint('faint', line, terminal)),
    ]
  })
}

function moreHelp(bin: string, terminal: Terminal): string[] {
  return definitions(
    [
      [`${bin} TOPIC --help`, 'the commands of a topic'],
      [`${bin} TOPIC COMMAND --help`, 'flags, examples, permissions'],
    ],
    terminal,
  )
}

function firstWord(id: string): string {
  return id.split(':')[0] ?? id
}
