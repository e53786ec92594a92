import {didYouMean} from '../core/closest.js'
import {type BedrockctlError, usageError} from '../core/errors.js'

/** The members of oclif's parser errors that say what was wrong; oclif exports no types for them. */
interface ParserError extends Error {
  readonly flags?: readonly string[]
  readonly args?: readonly unknown[]
  readonly parse?: {readonly input?: {readonly flags?: Readonly<Record<string, unknown>>}}
}

const HINT = 'Add --help to see what this command takes.'

/** oclif's parser and command look-up errors as usage errors; `undefined` when the error is none of them. */
export function fromParserError(failure: ParserError): BedrockctlError | undefined {
  const unknownCommand = /^command (.+) not found$/.exec(failure.message)
  if (unknownCommand) return unknownCommandError(unknownCommand[1] ?? '', [])
  if (!('oclif' in failure) && !('parse' in failure)) return undefined
  const [first = '', ...rest] = failure.message.replace(/\nSee more help with --help$/, '').split('\n')
  const cause = {cause: failure}
  if (failure.constructor.name === 'NonExistentFlagsError') return unknownFlags(failure)
  if (/^Unexpected argument/.test(first)) return usageError('UNEXPECTED_ARGUMENT', `${first}.`, {hint: HINT, ...cause})
  if (/^Missing \d+ required arg/.test(first)) {
    // Below the names oclif gives advice on flags that are not what was wrong.
    const end = rest.indexOf('')
    const names = (end === -1 ? rest : rest.slice(0, end))
      .map((line) =>
        line
          .trim()
          .split(/\s{2,}/)
          .join(': '),
      )
      .filter((line) => line !== '')
    return usageError('MISSING_ARGUMENT', `Missing argument. Needed: ${names.join('; ')}.`, {hint: HINT, ...cause})
  }
  const invalid = /^Expected (?:--(\S+?)=)?(.*) to be one of: (.+)$/.exec(first)
  if (invalid) return invalidOption(invalid, cause)
  const unparsed = /^Parsing (--\S+)\s+Expected (.+) but received: (.*)$/.exec(
    failure.message.split('\nSee more')[0] ?? '',
  )
  if (unparsed) {
    const [, flag, wanted, value] = unparsed
    return usageError('INVALID_FLAG', `${flag} takes ${wanted}, not ${value}.`, {hint: HINT, ...cause})
  }
  const reasons = /^The following errors? occurred:/.test(first) ? rest.map((line) => line.trim()) : [first, ...rest]
  return usageError('INVALID_FLAG', reasons.filter((line) => line !== '').join('\n'), {hint: HINT, ...cause})
}

function invalidOption([, flag, value = '', list = '']: RegExpExecArray, cause: {readonly cause: Error}) {
  const options = list.split(', ')
  const details = {why: didYouMean(value, options), hint: `It takes ${options.join(', ')}.`, ...cause}
  if (flag === undefined) return usageError('INVALID_ARGUMENT', `The argument cannot be "${value}".`, details)
  return usageError('INVALID_FLAG', `--${flag} takes no "${value}".`, details)
}

function unknownFlags(failure: ParserError): BedrockctlError {
  const flags = failure.flags ?? []
  const known = Object.keys(failure.parse?.input?.flags ?? {})
  const hints = flags
    .map((flag) => didYouMean(flag.replace(/^-+/, ''), known, '--'))
    .filter((hint) => hint !== undefined)
  const message = flags.length === 1 ? `There is no flag ${flags[0]}.` : `There are no flags ${flags.join(', ')}.`
  return usageError('UNKNOWN_FLAG', message, {why: hints[0], hint: HINT, cause: failure})
}

/**
 * `id` as oclif wrote it: every word up to the first flag, arguments too (`models:lst:anthropic.claude`). `commands` are
 * the ids that exist.
 */
export function unknownCommandError(id: string, commands: readonly string[]): BedrockctlError {
  const words = id.split(':')
  const called = longestCommand(words, commands)
  if (called !== undefined) {
    const [name, rest] = [words.slice(0, called), words.slice(called)].map((part) => part.join(' '))
    return usageError('UNEXPECTED_ARGUMENT', `${name} takes no argument ${rest}.`, {hint: HINT})
  }
  const topics = commands.map((command) => command.split(':')[0] ?? '')
  // Two words make a command, the rest are its arguments.
  const typed = words.slice(0, 2).join(' ')
  const inTopic = topics.includes(words[0] ?? '')
  const near =
    didYouMean(
      typed,
      commands.map((command) => command.replaceAll(':', ' ')),
    ) ?? (inTopic ? undefined : didYouMean(words[0] ?? '', topics))
  return usageError('UNKNOWN_COMMAND', `There is no command "${typed}".`, {
    why: near,
    hint: `List the commands: bedrockctl${inTopic ? ` ${words[0]}` : ''} --help`,
  })
}

/** So many of the words are a command; oclif finds none where words follow one that takes no arguments. */
function longestCommand(words: readonly string[], commands: readonly string[]): number | undefined {
  const lengths = words.map((_, index) => words.length - index)
  return lengths.find((length) => commands.includes(words.slice(0, length).join(':')))
}
