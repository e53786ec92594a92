import type {ErrorReport} from '../core/error-report.schema.js'
import {BedrockctlError, EXIT} from '../core/errors.js'
import {sanitise} from '../core/text.js'
import {toJson} from '../output/json.js'
import {paint} from '../output/style.js'
import {describeTerminal, type Terminal} from '../output/terminal.js'
import {fromParserError} from './parser-error.js'
import type {Reporting} from './reporting.js'

interface OclifError extends Error {
  readonly oclif?: {readonly exit?: number}
}

/**
 * The single place where a failure becomes output and an exit code: text on stderr, or `{error: …}` on stdout for
 * callers that asked for JSON. Never throws.
 */
export function reportError(error: unknown, {format, color, debug}: Reporting): void {
  const failure = error instanceof Error ? error : new Error(String(error))
  if ((failure as OclifError).oclif?.exit === 0) return
  const known = asKnown(failure)
  process.exitCode = known.exitCode
  if (format === 'text') {
    process.stderr.write(formatError(known.toReport(), describeTerminal(process.stderr, process.env, {color})))
  } else {
    process.stdout.write(`${toJson({error: known.toReport()}, format === 'json' ? 2 : undefined)}\n`)
  }
  if (debug) process.stderr.write(`${sanitise(stackOf(failure))}\n`)
}

function asKnown(failure: Error): BedrockctlError {
  if (failure instanceof BedrockctlError) return failure
  if (failure.name === 'AbortError') {
    return new BedrockctlError('INTERRUPTED', 'Interrupted before there was an answer.', {
      fault: 'interrupted',
      cause: failure,
    })
  }
  const usage = fromParserError(failure)
  if (usage) return usage
  return new BedrockctlError('INTERNAL', `Unexpected failure: ${sanitise(failure.message)}`, {
    fault: 'internal',
    why: 'This is a bug in bedrockctl, not in what you typed.',
    hint: 'Run it again with --debug and report the output.',
    cause: failure,
  })
}

/** A line with a command stays whole, to be pasted. */
const COMMAND = /^ {2}|\b(bedrockctl|aws) [a-z]/

/** What, why, what next; continuation lines under the message. */
function formatError(report: ErrorReport, terminal: Terminal): string {
  const label = report.exitCode === EXIT.interrupted ? 'stopped' : 'error'
  const indent = ' '.repeat(label.length + 2)
  const lines = [report.message, report.why, report.hint, ...report.actions.map((action) => `  ${action}`)]
  if (report.requestId !== undefined) lines.push(`AWS request id ${report.requestId}`)
  const body = lines
    .filter((line): line is string => line !== undefined && line !== '')
    .flatMap((line) => sanitise(line).split('\n'))
    .flatMap((line) => (COMMAND.test(line) ? [line] : wrapWords(line, terminal.width - indent.length)))
  return `${paint('bad', label, terminal)}  ${body.join(`\n${indent}`)}\n`
}

/** By words; a longer word stays whole. The wrapping of tables would be loaded at every start. */
function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function stackOf(failure: Error): string {
  const cause = failure.cause instanceof Error ? `\ncaused by ${failure.cause.stack ?? failure.cause.message}` : ''
  return `${failure.stack ?? failure.message}${cause}`
}
