import {WireError} from '../../handler.js'

/** Cost Explorer's refusal of an input. */
export const invalid = (message: string): WireError => new WireError('ValidationException', message)

/** What AWS answers and the sandbox does not. */
export const notServed = (what: string): WireError =>
  new WireError('NotImplemented', `The sandbox has no ${what}.`, 501)
