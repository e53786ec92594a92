import {readFileSync} from 'node:fs'
import {Ajv2020} from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

/** A committed schema, ready to judge: `validate` gives one line a breach, none when the document fits. */
export function compileSchema(file: string): {readonly validate: (document: unknown) => readonly string[]} {
  const ajv = new Ajv2020({allErrors: true, strict: true, strictTypes: false})
  formats.default(ajv)
  const check = ajv.compile(JSON.parse(readFileSync(`schemas/${file}`, 'utf8')))
  return {
    validate(document) {
      check(document)
      return (check.errors ?? []).map(
        ({instancePath, message, params}) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      )
    },
  }
}
