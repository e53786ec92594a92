import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {schemaFile} from '../../scripts/generate/schemas.js'
import {novaBody} from '../support/batch-scenario.js'
import {openCollectStage} from '../support/collect-stage.js'
import {ROOT} from '../support/command-classes.js'
import {compileSchema} from '../support/json-schema.js'
import {bareEnvironment} from '../support/process-stage.js'
import {spawnCli} from '../support/run-cli.js'

const RECORDS = 2000

function record(index: number): string {
  return `${JSON.stringify({recordId: `r${index}`, modelInput: novaBody(index)})}\n`
}

function answer(index: number): string {
  return `{"recordId":"r${index}","modelInput":{},"modelOutput":{"n":${index}.00}}\n`
}

const indices = Array.from({length: RECORDS}, (_, index) => index)

test('the built program collects a group to a file, and its report fits its schema', async () => {
  await using stage = await openCollectStage([indices.map(record).join('')])
  await stage.output(1, 1, '0001.jsonl.out', indices.toReversed().map(answer).join(''))
  const argv = ['batch', 'collect', 'nightly', '--out', stage.path('answers.jsonl'), '--json']
  const {exitCode, stderr, stdout} = await spawnCli(argv, {env: stage.env})

  expect(exitCode, stderr + stdout).toBe(0)
  expect(compileSchema(schemaFile('batch:collect')).validate(JSON.parse(stdout))).toEqual([])
  expect(await stage.read('answers.jsonl')).toBe(
    indices.map((index) => `{"recordId":"r${index}","modelOutput":{"n":${index}.00}}\n`).join(''),
  )
  expect(await stage.files()).toEqual(['answers.jsonl', 'records.jsonl', 'state'])
})

test('standard output has each answer once, in the order of the input', async () => {
  await using stage = await openCollectStage([indices.map(record).join('')])
  await stage.output(1, 1, '0001.jsonl.out', indices.toReversed().map(answer).join(''))
  const {exitCode, stderr, stdout} = await spawnCli(['batch', 'collect', 'nightly'], {env: stage.env})

  expect(exitCode, stderr).toBe(0)
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).recordId),
  ).toEqual(indices.map((index) => `r${index}`))
})

test('Ctrl-C leaves nothing behind', async () => {
  await using stage = await openCollectStage([indices.map(record).join('')])
  await stage.output(1, 1, '0001.jsonl.out', indices.map(answer).join(''))
  stage.sandbox.faults.add({service: 's3', operation: 'GetObject', effect: {kind: 'latency', ms: 60_000}})
  const argv = [join(ROOT, 'bin', 'run.js'), 'batch', 'collect', 'nightly', '--out', stage.path('answers.jsonl')]
  const child = spawn(process.execPath, argv, {env: bareEnvironment(stage.folder, stage.env), stdio: 'ignore'})
  await expect.poll(stage.files, {timeout: 20_000}).toContain(`answers.jsonl.${child.pid}.tmp`)
  child.kill('SIGINT')
  const [exitCode] = await once(child, 'exit')

  expect(exitCode).toBe(130)
  expect((await stage.files()).filter((name) => name.includes('answers') || name.startsWith('.'))).toEqual([])
})
