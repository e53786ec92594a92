import {readFileSync} from 'node:fs'
import {Ajv2020} from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import {validateXML} from 'xmllint-wasm'

/** A schema of test/support/schemas, ready to judge: one line a breach, none when the document fits. */
export function officialSchema(file: string): (document: unknown) => readonly string[] {
  const ajv = new Ajv2020({allErrors: true, strict: false})
  formats.default(ajv)
  const check = ajv.compile(JSON.parse(readFileSync(`test/support/schemas/${file}`, 'utf8')))
  return (document) => {
    check(document)
    return (check.errors ?? []).map(
      ({instancePath, message, params}) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
}

/** What libxml2 says against a text: not well-formed, or not what the XML schema demands. */
export async function xmlBreaches(text: string, schema: string): Promise<readonly string[]> {
  const {errors} = await validateXML({
    xml: [{fileName: 'report.xml', contents: text}],
    schema: [readFileSync(`test/support/schemas/${schema}`, 'utf8')],
    initialMemoryPages: 1024,
    maxMemoryPages: 8192,
  })
  return errors.map(({rawMessage}) => rawMessage)
}
