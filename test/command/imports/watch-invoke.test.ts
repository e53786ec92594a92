import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {importsInvokeSchema} from '../../../src/lib/imports/invoke/imports-invoke.schema.js'
import {importsWatchSchema} from '../../../src/lib/imports/watch/imports-watch.schema.js'
import {type ImportStage, importStage} from '../../support/import-stage.js'
import {runCli} from '../../support/run-cli.js'

/** An account with a model's files; `cli` asks it. */
async function open(imports: NonNullable<Parameters<typeof importStage>[0]>['imports'] = {}) {
  const stage: ImportStage = await importStage({imports})
  await stage.put()
  const cli = (...words: readonly string[]) => runCli(['imports', ...words], {env: stage.sandbox.env()})
  return {stage, cli}
}

describe('imports watch', () => {
  test('ends with 7 while the import runs, and with 0 when it has completed', async () => {
    const {cli, stage} = await open()
    await stage.create()
    const running = await cli('watch', 'import-tiny', '--timeout', '0s', '--json')
    await stage.pass(100)
    const ended = await cli('watch', 'tiny', '-o', 'ndjson')

    expect(running.exitCode).toBe(7)
    expect(importsWatchSchema.parse(JSON.parse(running.stdout))).toMatchObject({
      end: 'timed-out',
      import: {state: 'InProgress'},
      pace: null,
    })
    expect(ended.exitCode).toBe(0)
    const lines = ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      {kind: 'state', from: null, to: 'Completed'},
      {kind: 'end', end: 'ended', passed: true},
    ])
  })

  test('ends with 3 when it failed, in the words of the service, with what to do', async () => {
    const {cli, stage} = await open()
    await stage.create({modelDataSource: {s3DataSource: {s3Uri: 's3://test-models/nothing/'}}})
    await stage.pass(100)

    const {exitCode, stdout} = await cli('watch', 'import-tiny')

    expect(exitCode).toBe(3)
    expect(stdout).toContain('Failed')
    expect(stdout).toContain('could not find the expected file s3://test-models/nothing/config.json')
    expect(stdout).toContain('Name the prefix that holds config.json itself')
  })

  test('of what nobody knows is refused', async () => {
    const {cli} = await open()

    expect(await cli('watch', 'none')).toMatchObject({exitCode: 2, stdout: ''})
  })
})

describe('imports invoke', () => {
  test('asks with Converse where the model supports it', async () => {
    const {cli, stage} = await open({loadSeconds: 0})
    await stage.imported()

    const {exitCode, stdout} = await cli('invoke', 'tiny', '--prompt', 'Hello', '--json')

    expect(exitCode).toBe(0)
    const result = importsInvokeSchema.parse(JSON.parse(stdout))
    expect(result).toMatchObject({
      simulated: true,
      api: 'Converse',
      format: 'converse',
      coldStartSeconds: null,
      output: null,
      cost: {unitsPerCopy: 2, perWindow: 0.5718},
    })
    expect(result.answer).not.toBe('')
    expect(result.tokens.output).toBeGreaterThan(0)
  })

  test('asks a model without a chat template with its prompt alone', async () => {
    const {cli, stage} = await open({loadSeconds: 0})
    await stage.imported({tokenizerConfig: {chat_template: undefined}})

    const {exitCode, stdout} = await cli('invoke', 'tiny', '--prompt', 'Hello')

    expect(exitCode).toBe(0)
    expect(stdout).toContain('InvokeModel, completion')
    expect(stdout).toContain('$0.5718 for the 5 minutes')
    expect(stdout).toContain('Converse does not work with this model')
  })

  test('holds a conversation that a file has', async () => {
    const {cli, stage} = await open({loadSeconds: 0})
    await stage.imported()
    const file = join(await mkdtemp(join(tmpdir(), 'chat-')), 'chat.json')
    await writeFile(file, JSON.stringify([{role: 'user', content: 'Hello'}]))

    const converse = await cli('invoke', 'tiny', '--messages', file, '--json')
    const chat = await cli('invoke', 'tiny', '--messages', file, '--api', 'invoke', '--json')

    expect(importsInvokeSchema.parse(JSON.parse(converse.stdout)).format).toBe('converse')
    expect(importsInvokeSchema.parse(JSON.parse(chat.stdout)).format).toBe('chat-completion')
  })

  test('ends with 7 when the model is not ready in time', async () => {
    const {cli, stage} = await open({loadSeconds: 60})
    await stage.imported()

    const {exitCode, stderr, stdout} = await cli('invoke', 'tiny', '--prompt', 'Hello', '--timeout', '0s')

    expect([exitCode, stdout]).toEqual([7, ''])
    expect(stderr).toContain('tiny was not ready')
    expect(stderr).toContain('Wait and try your request again')
  })

  test('needs something to ask, and a model that is there', async () => {
    const {cli} = await open()

    expect((await cli('invoke', 'tiny')).stderr).toContain('There is nothing to ask.')
    expect((await cli('invoke', 'tiny', '--prompt', 'x')).stderr).toContain('There is no imported model tiny')
  })
})
