import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {BedrockctlError} from '../core/errors.js'
import {packageRoot} from '../core/package-root.js'
import type {GuardrailProfiles} from './guardrail-profiles.schema.js'

let known: GuardrailProfiles | undefined

/** Reads data/iam/guardrail-profiles.json, which comes with the program, once. */
export function readGuardrailProfiles(): GuardrailProfiles {
  known ??= readFrom(join(packageRoot(), 'data', 'iam', 'guardrail-profiles.json'))
  return known
}

function readFrom(file: string): GuardrailProfiles {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new BedrockctlError('CATALOG_DAMAGED', `The bundled guardrail profiles cannot be read: ${file}`, {
      fault: 'internal',
      hint: 'Install bedrockctl again; the file comes with it.',
      cause,
    })
  }
}
