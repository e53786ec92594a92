import {EXIT} from '../../core/errors.js'

/** Each exit code and what it says, short enough for one line. */
export const EXIT_CODES: readonly (readonly [number, string])[] = [
  [EXIT.ok, 'done'],
  [EXIT.internal, 'a bug'],
  [EXIT.usage, 'usage'],
  [EXIT.gate, 'a gate failed'],
  [EXIT.access, 'no access'],
  [EXIT.service, 'service error, try again'],
  [EXIT.partial, 'partial answer'],
  [EXIT.timedOut, 'wait timed out'],
  [EXIT.interrupted, 'interrupted'],
]
