import type {Told} from './line-problems.js'

export const NOT_AN_OBJECT: Told = {
  code: 'RECORD_NOT_OBJECT',
  severity: 'error',
  text: 'The line is JSON, but no object: a record is {"recordId": …, "modelInput": {…}}.',
}

export const OPENAI_RECORD: Told = {
  code: 'RECORD_OF_OPENAI',
  severity: 'error',
  text: 'This is batch input as OpenAI has it (custom_id, body): make records of it with "bedrockctl batch prepare".',
}

export const ID_MISSING: Told = {
  code: 'RECORD_ID_MISSING',
  severity: 'error',
  path: 'recordId',
  text: 'The record has no recordId: the service makes one up, and its answer cannot be joined to it.',
  fixable: true,
}

export const ID_NOT_TEXT: Told = {
  code: 'RECORD_ID_NOT_TEXT',
  severity: 'error',
  path: 'recordId',
  text: 'recordId is no string: put it in quotation marks.',
}

export const ID_EMPTY: Told = {
  code: 'RECORD_ID_EMPTY',
  severity: 'error',
  path: 'recordId',
  text: 'recordId is an empty string: give the record an id.',
}

export const ID_CHARACTERS: Told = {
  code: 'RECORD_ID_CHARACTERS',
  severity: 'warning',
  path: 'recordId',
  text: 'recordId holds more than letters and digits: the documentation calls it alphanumeric.',
}

/** No limit is documented; beyond this an id is taken for a mistake. */
export const LONG_ID = 256

export const ID_LONG: Told = {
  code: 'RECORD_ID_LONG',
  severity: 'warning',
  path: 'recordId',
  text: `recordId is longer than ${LONG_ID} bytes: no limit is documented, and it comes back with each answer.`,
}

export function idRepeated(firstLine: number): Told & {readonly text: string} {
  return {
    code: 'RECORD_ID_DUPLICATE',
    severity: 'error',
    path: 'recordId',
    text: `A recordId came before, the first of them on line ${firstLine}: their answers could not be told apart.`,
  }
}

export const INPUT_MISSING: Told = {
  code: 'MODEL_INPUT_MISSING',
  severity: 'error',
  path: 'modelInput',
  text: 'The record has no modelInput: that is the body of the request.',
}

export const INPUT_NOT_OBJECT: Told = {
  code: 'MODEL_INPUT_NOT_OBJECT',
  severity: 'error',
  path: 'modelInput',
  text: 'modelInput is no object: write the body of the request as JSON, not as a string of it.',
}

export function otherMember(name: string): Told {
  return {
    code: 'RECORD_MEMBER_UNKNOWN',
    severity: 'warning',
    path: name,
    text: 'A record has recordId and modelInput; whether the service takes more is not documented: leave it out.',
  }
}

export function beyondContext(contextTokens: number): Told {
  return {
    code: 'CONTEXT_EXCEEDED',
    severity: 'error',
    path: 'modelInput',
    text: `The text cannot fit the context of ${contextTokens} tokens, by the fewest tokens that its characters can make.`,
  }
}

export function nearContext(contextTokens: number): Told {
  return {
    code: 'CONTEXT_NEARLY_EXCEEDED',
    severity: 'warning',
    path: 'modelInput',
    text: `Text and answer may not fit the context of ${contextTokens} tokens, as estimated from the characters.`,
  }
}
