import {expect, test} from 'vitest'
import {schemaFile} from '../../scripts/generate/schemas.js'
import {RESULT_SCHEMAS} from '../../scripts/result-schemas.js'
import {compileSchema} from '../support/json-schema.js'
import {spawnCli} from '../support/run-cli.js'

// Every command that answers with a document, asked in the sandbox and, where it can, offline.

const MODEL = 'anthropic.claude-sonnet-4-6'

/** Words after the command; the exit codes that are an answer. */
const QUESTIONS: Readonly<
  Record<string, {readonly words: readonly string[]; readonly offline: boolean; readonly exits?: readonly number[]}>
> = {
  'catalog:show': {words: [], offline: true},
  'models:availability': {words: [MODEL, '--from', 'eu-central-1'], offline: true},
  'models:list': {words: [], offline: true},
  'models:resolve': {words: [MODEL, '--from', 'eu-central-1'], offline: true},
  'models:show': {words: [MODEL], offline: true},
}

test('there is a question for every command with a schema', () => {
  expect(new Set(Object.keys(QUESTIONS))).toEqual(new Set(Object.keys(RESULT_SCHEMAS)))
})

const asked = Object.entries(QUESTIONS).flatMap(([id, {words, offline, exits = [0]}]) =>
  ['--sandbox', ...(offline ? ['--offline'] : [])].map((how) => ({id, argv: [...id.split(':'), ...words, how], exits})),
)

test.each(asked)('$argv fits its schema', async ({id, argv, exits}) => {
  const {exitCode, stdout, stderr} = await spawnCli([...argv, '--json'])

  expect(exits, stderr + stdout).toContain(exitCode)
  expect(compileSchema(schemaFile(id)).validate(JSON.parse(stdout))).toEqual([])
})
