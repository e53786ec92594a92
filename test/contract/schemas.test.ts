import {readdirSync, readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {readCommands} from '../../scripts/generate/manifest.js'
import {FILE_SCHEMAS, schemaFile} from '../../scripts/generate/schemas.js'
import {RESULT_SCHEMAS, WITHOUT_DOCUMENT} from '../../scripts/result-schemas.js'
import {BedrockctlError, EXIT, type Fault} from '../../src/lib/core/errors.js'
import {compileSchema} from '../support/json-schema.js'

const FAULTS = ['usage', 'access', 'service', 'internal', 'interrupted'] as const satisfies readonly Fault[]

test('every command has a schema of its answer, or a reason to have none', () => {
  const ids = readCommands().map(({id}) => id)

  const missing = ids.filter((id) => !(id in RESULT_SCHEMAS) && !(id in WITHOUT_DOCUMENT))
  const both = ids.filter((id) => id in RESULT_SCHEMAS && id in WITHOUT_DOCUMENT)
  const gone = [...Object.keys(RESULT_SCHEMAS), ...Object.keys(WITHOUT_DOCUMENT)].filter((id) => !ids.includes(id))

  expect({missing, both, gone}).toEqual({missing: [], both: [], gone: []})
  expect(Object.keys(RESULT_SCHEMAS).length).toBeGreaterThan(5)
})

test('schemas/ holds one file a result, one a kind of file that people write, and one for errors', () => {
  const wanted = [...Object.keys(RESULT_SCHEMAS).map(schemaFile), ...Object.keys(FILE_SCHEMAS), 'error.json']

  expect(new Set(readdirSync('schemas'))).toEqual(new Set(wanted))
})

test.each(readdirSync('schemas'))('%s is a JSON Schema with a name of its own', (file) => {
  const document = JSON.parse(readFileSync(`schemas/${file}`, 'utf8'))

  expect(document.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
  expect(document.$id).toBe(`urn:bedrockctl:schema:${file.replace('.json', '')}:1`)
  expect(document.title).toMatch(/bedrockctl/)
  expect(compileSchema(file).validate({})).not.toEqual([])
})

test.each(Object.keys(RESULT_SCHEMAS).map(schemaFile))('%s demands what every answer begins with', (file) => {
  const schema = JSON.parse(readFileSync(`schemas/${file}`, 'utf8'))
  // A run that may be dry has two answers.
  const answers: readonly {readonly required: readonly string[]}[] = schema.anyOf ?? [schema]

  expect(answers.length).toBeGreaterThan(0)
  for (const {required} of answers) {
    expect(required).toEqual(expect.arrayContaining(['schemaVersion', 'simulated', 'unread']))
  }
})

test.each(FAULTS)('the report of an error whose fault is %s fits the schema of errors', (fault) => {
  const {validate} = compileSchema('error.json')
  const bare = new BedrockctlError('SOME_CODE', 'It did not work.', {fault})
  const full = new BedrockctlError('SOME_CODE', 'It did not work.', {
    fault,
    why: 'because',
    hint: 'try again',
    actions: ['bedrockctl doctor'],
    requestId: 'abc-1',
  })

  expect(validate({error: bare.toReport()})).toEqual([])
  expect(validate({error: full.toReport()})).toEqual([])
  expect(full.toReport().exitCode).toBe(EXIT[fault])
})

test('a report without a code, or with a member nobody described, does not fit', () => {
  const {validate} = compileSchema('error.json')
  const report = new BedrockctlError('SOME_CODE', 'It did not work.', {fault: 'usage'}).toReport()

  expect(validate({error: {...report, code: undefined}})).not.toEqual([])
  expect(validate({error: {...report, code: 'lower case'}})).not.toEqual([])
  expect(validate({error: {...report, stack: 'at …'}})).not.toEqual([])
})
