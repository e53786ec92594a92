import type {Artefact} from './artefact.js'
import {type ManifestCommand, type ManifestFlag, readCommands, wordsOf} from './manifest.js'
import {schemaFile} from './schemas.js'

const GENERATED = '<!-- Made by `npm run generate` from oclif.manifest.json; do not edit. -->'

/** One page a topic, one for the commands without a topic, and an index with the global flags. */
export function commandDocs(withSchema: ReadonlySet<string>): readonly Artefact[] {
  const commands = readCommands()
  const topics = [...new Set(commands.map(topicOf))]
  return [
    {path: 'docs/commands/README.md', text: indexPage(commands, topics)},
    ...topics.map((topic) => ({
      path: `docs/commands/${topic}.md`,
      text: topicPage(
        topic,
        commands.filter((command) => topicOf(command) === topic),
        withSchema,
      ),
    })),
  ]
}

/** The page a command stands on. */
export function topicOf({id}: ManifestCommand): string {
  return id.split(':')[0] ?? id
}

/** Where a command is described, as a link target below docs/commands. */
export function anchorOf(command: ManifestCommand): string {
  return `${topicOf(command)}.md#${`bedrockctl ${wordsOf(command)}`.replaceAll(' ', '-')}`
}

function indexPage(commands: readonly ManifestCommand[], topics: readonly string[]): string {
  const [first] = commands
  const global = first ? Object.values(first.flags).filter(isGlobal) : []
  return lines(
    GENERATED,
    '# Commands',
    '',
    ...topics.flatMap((topic) =>
      commands
        .filter((command) => topicOf(command) === topic)
        .map((command) => `- [\`bedrockctl ${wordsOf(command)}\`](${anchorOf(command)}): ${command.summary ?? ''}`),
    ),
    '',
    '## Global flags',
    '',
    'Every command takes these. A flag wins over its environment variable.',
    '',
    ...flagTable(global),
    '',
  )
}

function topicPage(topic: string, commands: readonly ManifestCommand[], withSchema: ReadonlySet<string>): string {
  return lines(
    GENERATED,
    `# ${topic}`,
    '',
    ...commands.flatMap((command) => commandSection(command, withSchema.has(command.id))),
  )
}

function commandSection(command: ManifestCommand, hasSchema: boolean): readonly string[] {
  const own = Object.values(command.flags).filter((flag) => !isGlobal(flag) && flag.hidden !== true)
  const permissions = command.permissions ?? []
  return [
    `## bedrockctl ${wordsOf(command)}`,
    '',
    `${sentence(command.summary ?? '')}${command.description ? `\n\n${filled(command.description, command)}` : ''}`,
    '',
    '```',
    usageOf(command),
    '```',
    '',
    ...argumentList(command),
    ...(own.length === 0 ? [] : [...flagTable(own), '']),
    ...exampleBlock(command),
    `AWS permissions: ${permissions.length === 0 ? 'none' : permissions.map((action) => `\`${action}\``).join(', ')}.`,
    ...(hasSchema
      ? ['', `JSON Schema of the answer: [\`${schemaFile(command.id)}\`](../../schemas/${schemaFile(command.id)}).`]
      : []),
    '',
    `[Global flags](README.md#global-flags) and [exit codes](../../README.md#exit-codes) are those of every command.`,
    '',
  ]
}

function usageOf(command: ManifestCommand): string {
  if (command.usage !== undefined)
    return [command.usage]
      .flat()
      .map((line) => `bedrockctl ${filled(line, command)}`)
      .join('\n')
  const args = Object.values(command.args)
    .filter(({hidden}) => hidden !== true)
    .map(({name, required}) => (required ? name.toUpperCase() : `[${name.toUpperCase()}]`))
  const many = command.strict === false ? ['...'] : []
  return ['bedrockctl', wordsOf(command), ...args.map((arg) => arg + many.join('')), '[flags]'].join(' ')
}

function argumentList(command: ManifestCommand): readonly string[] {
  const args = Object.values(command.args).filter(({hidden}) => hidden !== true)
  if (args.length === 0) return []
  return [...args.map(({name, description}) => `- \`${name.toUpperCase()}\`: ${description ?? ''}`), '']
}

function exampleBlock(command: ManifestCommand): readonly string[] {
  const examples = command.examples ?? []
  if (examples.length === 0) return []
  const shown = examples.flatMap((example) => {
    if (typeof example === 'string') return [filled(example, command)]
    return [...(example.description ? [`# ${example.description}`] : []), filled(example.command, command)]
  })
  return ['```sh', ...shown, '```', '']
}

function flagTable(flags: readonly ManifestFlag[]): readonly string[] {
  return [
    '| flag | what it does | environment |',
    '| --- | --- | --- |',
    ...[...flags].sort((a, b) => (a.name < b.name ? -1 : 1)).map(flagRow),
  ]
}

function flagRow(flag: ManifestFlag): string {
  const name = flag.allowNo ? `--[no-]${flag.name}` : `--${flag.name}`
  const short = flag.char ? `\`-${flag.char}\`, ` : ''
  const notes = [
    flag.options ? `one of ${flag.options.join(', ')}` : undefined,
    flag.required ? 'required' : undefined,
    typeof flag.default === 'string' || typeof flag.default === 'number' ? `default ${flag.default}` : undefined,
    flag.multiple ? 'repeatable' : undefined,
  ].filter((note) => note !== undefined)
  const what = `${flag.description ?? ''}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`
  return `| ${short}\`${name}${valueText(flag)}\` | ${cell(what)} | ${flag.env ? `\`${flag.env}\`` : ''} |`
}

function valueText(flag: ManifestFlag): string {
  if (flag.type === 'boolean') return ''
  const named = flag.helpValue === undefined ? undefined : [flag.helpValue].flat().join(' ')
  return named?.startsWith('[') ? named : ` ${named ?? flag.name.toUpperCase()}`
}

function isGlobal({helpGroup}: ManifestFlag): boolean {
  return helpGroup === 'GLOBAL'
}

function filled(text: string, command: ManifestCommand): string {
  return text
    .replaceAll(/<%=\s*config\.bin\s*%>/g, 'bedrockctl')
    .replaceAll(/<%=\s*command\.id\s*%>/g, wordsOf(command))
}

function sentence(text: string): string {
  const started = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(started) ? started : `${started}.`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function lines(...texts: readonly string[]): string {
  return `${texts.join('\n').trimEnd()}\n`
}
