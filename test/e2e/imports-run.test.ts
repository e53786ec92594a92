import {mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test, vi} from 'vitest'
import {schemaFile} from '../../scripts/generate/schemas.js'
import {BUCKET, importStage} from '../support/import-stage.js'
import {compileSchema} from '../support/json-schema.js'
import {bareEnvironment} from '../support/process-stage.js'
import {spawnCli} from '../support/run-cli.js'
import {tinyFolder} from '../support/tiny-model.js'

// A model from a folder of this machine to its first answer, and away again, by the built program: twice.

const ANYTHING = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}
const TIMEOUT = 180_000

test(
  'a model is imported, watched, asked while it is cold, and deleted; the same twice does nothing twice',
  async () => {
    const stage = await importStage(
      {imports: {loadSeconds: 30}},
      {iam: {users: [{name: 'sandbox', inline: {all: ANYTHING}}]}},
    )
    const folder = await tinyFolder()
    const env = bareEnvironment(await mkdtemp(join(tmpdir(), 'imports-run-')), stage.sandbox.env())
    const cli = async (command: string, ...words: readonly string[]) => {
      const {exitCode, stderr, stdout} = await spawnCli(['imports', command, ...words, '--json'], {env})
      const answer: unknown = stdout === '' ? undefined : JSON.parse(stdout)
      if ([0, 3, 7].includes(exitCode)) {
        expect(compileSchema(schemaFile(`imports:${command}`)).validate(answer), stderr + stdout).toEqual([])
      }
      return {code: exitCode, answer, text: stderr + stdout}
    }
    const create = () =>
      cli('create', folder, '--upload', `s3://${BUCKET}/in`, '--name', 'tiny', '--role', 'BedrockImport', '--yes')
    const created = () => stage.sandbox.journal.filter(({operation}) => operation === 'CreateModelImportJob').length

    for (const round of [1, 2]) {
      const first = await create()
      expect(first, first.text).toMatchObject({code: 0, answer: {outcome: 'created', import: {state: 'InProgress'}}})
      const again = await create()
      expect(again, again.text).toMatchObject({code: 0, answer: {outcome: 'already-running'}})
      const {jobName} = first.answer as {jobName: string}
      const running = await cli('watch', jobName, '--timeout', '0s')
      expect(running, running.text).toMatchObject({code: 7, answer: {end: 'timed-out', import: {state: 'InProgress'}}})

      await stage.pass(100)
      const watched = await cli('watch', 'tiny')
      expect(watched, watched.text).toMatchObject({code: 0, answer: {end: 'ended', gate: {passed: true}}})
      const there = await create()
      expect(there, there.text).toMatchObject({code: 0, answer: {outcome: 'already-imported'}})
      expect(created()).toBe(round)

      const asking = cli('invoke', 'tiny', '--prompt', 'Hello')
      const asked = () => stage.sandbox.journal.filter(({operation}) => operation === 'Converse').length
      await vi.waitFor(() => expect(asked()).toBeGreaterThan(2 * (round - 1)), {timeout: 60_000})
      await stage.pass(60)
      const invoked = await asking
      expect(invoked, invoked.text).toMatchObject({code: 0, answer: {format: 'converse', tries: 2}})
      expect(invoked.text).toContain('the model is being loaded')
      const {answer, coldStartSeconds} = invoked.answer as {answer: string; coldStartSeconds: number}
      expect(answer).not.toBe('')
      expect(coldStartSeconds).toBeGreaterThan(3)

      const deleted = await cli('delete', 'tiny', '--confirm', 'tiny')
      expect(deleted, deleted.text).toMatchObject({code: 0, answer: {outcome: 'deleted'}})
      const gone = await cli('delete', 'tiny', '--confirm', 'tiny')
      expect(gone, gone.text).toMatchObject({code: 0, answer: {outcome: 'already-deleted'}})
    }

    const listed = await cli('list')
    expect(listed, listed.text).toMatchObject({
      code: 0,
      answer: {
        rows: [
          {name: 'tiny', state: 'Deleted'},
          {name: 'tiny', state: 'Deleted'},
        ],
      },
    })
  },
  TIMEOUT,
)
