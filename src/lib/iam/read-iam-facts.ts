import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {BedrockctlError} from '../core/errors.js'
import {packageRoot} from '../core/package-root.js'
import type {IamFacts} from './iam-facts.schema.js'

/** Reads data/iam/actions.json, which comes with the program. Nothing else in this folder touches a file. */
export function readIamFacts(file = join(packageRoot(), 'data', 'iam', 'actions.json')): IamFacts {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new BedrockctlError('CATALOG_DAMAGED', `The bundled IAM facts cannot be read: ${file}`, {
      fault: 'internal',
      hint: 'Install bedrockctl again; the file comes with it.',
      cause,
    })
  }
}
