import {WireError} from './handler.js'
import type {Violation} from './validate.js'
import {commonError} from './wire/common-errors.js'
import {dialectOf, type Protocol} from './wire/protocol.js'

/** The refusal of an input, in the words of AWS. */
export function validationError(violations: readonly Violation[], protocol: Protocol): WireError {
  const mistyped = violations.find(({kind}) => kind === 'type')
  if (mistyped) return commonError('malformed', protocol, `Unexpected value at '${mistyped.path}': ${mistyped.problem}`)
  if (dialectOf(protocol) === 'ec2') return ec2Error(violations[0], protocol)
  const errors = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`
  return commonError('invalid', protocol, `${errors}: ${violations.map(sentence).join('; ')}`)
}

function sentence({path, value, problem}: Violation): string {
  return `Value ${shown(value)} at '${path}' failed to satisfy constraint: ${problem}`
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value))
    return `'[${value.map((item) => (typeof item === 'object' ? '…' : String(item))).join(', ')}]'`
  return typeof value === 'object' && !(value instanceof String) ? "'{…}'" : `'${String(value)}'`
}

function ec2Error(violation: Violation | undefined, protocol: Protocol): WireError {
  const {path = '', kind, value, problem} = violation ?? {}
  const parameter = path.replace(/(^|\.)([a-z])/g, (_, dot: string, char: string) => dot + char.toUpperCase())
  if (kind === 'missing')
    return new WireError('MissingParameter', `The request must contain the parameter ${parameter}`)
  return commonError('invalid', protocol, `Value (${String(value)}) for parameter ${parameter} is invalid. ${problem}`)
}
