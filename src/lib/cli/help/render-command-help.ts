import type {Terminal} from '../../output/terminal.js'
import {describeArg, describeFlag, inOrderOfNeed} from './describe-flag.js'
import {EXIT_CODES} from './exit-codes.js'
import {fillIn, type HelpArg, type HelpCommand, type HelpExample, type HelpFlag, typedId} from './help-command.js'
import {definitions, flow, page, paragraph, section} from './help-layout.js'

/** Summary, usage, own flags, examples, then what is the same for every command. */
export function renderCommandHelp(command: HelpCommand, bin: string, terminal: Terminal): string {
  const flags = Object.entries(command.flags)
    .map(([name, flag]) => ({...flag, name}))
    .filter(({hidden}) => hidden !== true)
  const own = inOrderOfNeed(flags.filter(({helpGroup}) => helpGroup !== 'GLOBAL'))
  const global = flags.filter(({helpGroup}) => helpGroup === 'GLOBAL')
  const args = Object.values(command.args).filter(({hidden}) => hidden !== true)
  const text = (value: string) => fillIn(value, bin, command.id)
  return page([
    paragraph(text(command.summary ?? typedId(command.id)), terminal)
      .map((line) => line.trim())
      .join('\n'),
    section(
      'USAGE',
      usage(command, args, bin).flatMap((line) => paragraph(line, terminal)),
      terminal,
    ),
    section(
      'ARGUMENTS',
      definitions(
        args.map((arg) => describeArg(arg)),
        terminal,
      ),
      terminal,
    ),
    ...flagSections(own, terminal),
    command.description === undefined || command.description === ''
      ? undefined
      : section('DESCRIPTION', paragraph(text(command.description), terminal), terminal),
    section(
      'EXAMPLES',
      (command.examples ?? []).flatMap((example) => exampleLines(example, text)),
      terminal,
    ),
    section('GLOBAL FLAGS', globalFlags(global, terminal), terminal),
    section(
      'EXIT CODES',
      flow(
        EXIT_CODES.map(([code, meaning]) => `${code} ${meaning}`),
        terminal,
      ),
      terminal,
    ),
    section('PERMISSIONS', permissions(command.permissions ?? [], terminal), terminal),
    section(
      'SEE ALSO',
      flow(
        (command.seeAlso ?? []).map((id) => `${bin} ${typedId(id)}`),
        terminal,
      ),
      terminal,
    ),
  ])
}

/** Those of no group first, then each group under its name. */
function flagSections(flags: readonly HelpFlag[], terminal: Terminal): (string | undefined)[] {
  const groups = new Set([undefined, ...flags.map(({helpGroup}) => helpGroup)])
  return [...groups].map((group) =>
    section(
      group === undefined ? 'FLAGS' : `${group} FLAGS`,
      definitions(
        flags.filter(({helpGroup}) => helpGroup === group).map((flag) => describeFlag(flag)),
        terminal,
      ),
      terminal,
    ),
  )
}

function usage(command: HelpCommand, args: readonly HelpArg[], bin: string): string[] {
  if (command.usage !== undefined) {
    const lines = typeof command.usage === 'string' ? [command.usage] : command.usage
    return lines.map((line) => `${bin} ${fillIn(line, bin, command.id)}`)
  }
  const needed = args.map((arg) => {
    const name = `${arg.name.toUpperCase()}${arg.multiple === true || command.strict === false ? '...' : ''}`
    return arg.required === true ? name : `[${name}]`
  })
  return [[bin, typedId(command.id), ...needed, '[flags]'].join(' ')]
}

/** Not wrapped: a command works as pasted only when it is on one line. */
function exampleLines(example: HelpExample, text: (value: string) => string): string[] {
  if (typeof example === 'string')
    return text(example)
      .split('\n')
      .map((line) => `  ${line}`)
  const description = example.description === undefined ? [] : [`  ${text(example.description)}`]
  return [...description, `  ${text(example.command)}`]
}

function globalFlags(flags: HelpCommand['flags'][string][], terminal: Terminal): string[] {
  if (flags.length === 0) return []
  return [
    ...definitions(
      flags.map((flag) => describeFlag(flag)),
      terminal,
    ),
    ...paragraph('Most have an environment twin: BEDROCKCTL_REGION for --region.', terminal),
  ]
}

function permissions(actions: readonly string[], terminal: Terminal): string[] {
  return actions.length === 0 ? ['  none: makes no call to AWS'] : flow(actions, terminal)
}
