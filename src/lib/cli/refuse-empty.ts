import {usageError} from '../core/errors.js'

/** A word of the command line as oclif tells it. */
interface Token {
  readonly type: string
  readonly input: string
}

/** Refuses an argument without a letter, as a variable that is not set leaves it: asked of AWS, no name is a whole list. */
export function refuseEmptyArguments(tokens: readonly Token[]): void {
  if (!tokens.some(({input, type}) => type === 'arg' && input.trim() === '')) return
  throw usageError('EMPTY_ARGUMENT', 'An argument is empty.', {
    hint: 'Name what is meant; look whether a variable of the script is not set.',
  })
}
