import {existsSync} from 'node:fs'
import {readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {parquetReadObjects} from 'hyparquet'
import {compressors} from 'hyparquet-compressors'
import {describe, expect, test} from 'vitest'
import {openAwsSession} from '../../../src/lib/aws/session.js'
import type {BatchCollect} from '../../../src/lib/batch/collect/batch-collect.schema.js'
import {BUCKET, novaLines, ROLE} from '../../support/batch-scenario.js'
import {type CollectStage, openCollectStage} from '../../support/collect-stage.js'
import {runCli} from '../../support/run-cli.js'

const MANIFEST = {
  totalRecordCount: 2,
  processedRecordCount: 2,
  successRecordCount: 2,
  errorRecordCount: 0,
  inputTokenCount: 1000,
  outputTokenCount: 500,
}

function record(id: string): string {
  return `{"recordId":"${id}","modelInput":{"n":1.0}}\n`
}

function modelOutput(text: string): string {
  const usage = '"usage":{"inputTokens":7,"outputTokens":3,"totalTokens":10}'
  return `{"output":{"message":{"role":"assistant","content":[{"text":${JSON.stringify(text)}}]}},"stopReason":"end_turn",${usage}}`
}

function answer(id: string, text = `says ${id}`): string {
  return `{"recordId":"${id}","modelInput":{"n":1.0},"modelOutput":${modelOutput(text)}}\n`
}

function failure(id: string, code: number): string {
  return `{"recordId":"${id}","modelInput":{"n":1.0},"error":{"errorCode":${code},"errorMessage":"no"}}\n`
}

async function collect({env}: CollectStage, ...words: readonly string[]) {
  const {exitCode, stderr, stdout} = await runCli(['batch', 'collect', ...words], {env})
  const result = () => JSON.parse(stdout) as BatchCollect
  return {exitCode, stderr, stdout, result}
}

async function twoShards(): Promise<CollectStage> {
  return openCollectStage([record('a') + record('b'), record('c') + record('d')])
}

describe('batch collect GROUP', () => {
  test('what could not be read is told, and completeness is not judged', async () => {
    await using stage = await twoShards()
    await stage.output(1, 1, '0001.jsonl.out', answer('a') + answer('b'))
    stage.sandbox.faults.add({service: 's3', operation: 'GetObject', effect: {kind: 'access-denied'}})
    const {exitCode, result} = await collect(stage, 'nightly', '--out', stage.path('answers.jsonl'), '--json')

    expect(exitCode).toBe(6)
    expect(result().gate).toBeUndefined()
    expect(result().unread).toMatchObject([{action: 's3:GetObject', code: 'ACCESS_DENIED'}])
  })

  test('joins all shards in the order of the input, and prices what the manifests count', async () => {
    await using stage = await twoShards()
    await stage.output(1, 1, '0001.jsonl.out', answer('b') + answer('a'))
    await stage.output(1, 1, 'manifest.json.out', JSON.stringify({...MANIFEST, newCount: 1}))
    await stage.output(1, 2, '0002.jsonl.out', answer('d') + answer('c'))
    await stage.output(1, 2, 'manifest.json.out', JSON.stringify({...MANIFEST, processedRecordCount: 3}))
    const {exitCode, result, stderr} = await collect(stage, 'nightly', '--out', stage.path('answers.jsonl'), '--json')

    expect(exitCode, stderr).toBe(0)
    expect(await stage.read('answers.jsonl')).toBe(
      ['a', 'b', 'c', 'd'].map((id) => `{"recordId":"${id}","modelOutput":${modelOutput(`says ${id}`)}}\n`).join(''),
    )
    expect(result()).toMatchObject({
      simulated: true,
      group: 'nightly',
      records: 4,
      answered: 4,
      gate: {passed: true},
      tokens: {input: 2000, output: 1000, source: 'manifests', uncounted: 0},
      out: {file: stage.path('answers.jsonl'), format: 'jsonl'},
    })
    expect(result().cost.amount).toBeGreaterThan(0)
    expect(result().jobs.map(({differences}) => differences)).toEqual([
      [],
      ['the manifest counts 3 processed, its outputs have 2'],
    ])
  })

  test('takes what a retry has answered, and tells what is failed and missing', async () => {
    await using stage = await twoShards()
    await stage.output(1, 1, '0001.jsonl.out', failure('a', 429) + failure('b', 400))
    await stage.output(1, 2, '0002.jsonl.out', answer('c'))
    await stage.addRound(0, record('a').length)
    await stage.output(2, 1, '0001.jsonl.out', answer('a', 'again'))
    const out = stage.path('answers.jsonl')
    const failed = stage.path('failed.jsonl')
    const {exitCode, result} = await collect(stage, 'nightly', '--out', out, '--failed', failed, '--json')

    expect(exitCode).toBe(3)
    expect((await stage.read('answers.jsonl')).split('\n').map((line) => line.slice(13, 14))).toEqual(['a', 'c', ''])
    expect(await stage.read('failed.jsonl')).toBe(
      '{"recordId":"b","class":"validation","error":{"errorCode":400,"errorMessage":"no"}}\n' +
        '{"recordId":"d","class":"missing","error":null}\n',
    )
    expect(result()).toMatchObject({
      answered: 2,
      firstMissing: ['d'],
      gate: {passed: false, failures: ['1 failed', '1 missing']},
      tokens: {input: 14, output: 6, source: 'answers', uncounted: 0},
      failedFile: failed,
    })
    expect(result().outcomes).toMatchObject([
      {outcome: 'answered', records: 2},
      {outcome: 'failed', class: 'validation', code: 400, said: 'no', records: 1},
      {outcome: 'missing', records: 1},
    ])
  })

  test('gives the same file when it is run again, and leaves nothing else behind', async () => {
    await using stage = await twoShards()
    await stage.output(1, 1, '0001.jsonl.out', answer('b') + answer('a'))
    const out = stage.path('answers.jsonl')
    await collect(stage, 'nightly', '--out', out)
    const first = await stage.read('answers.jsonl')
    await collect(stage, 'nightly', '--out', out, '--yes')

    expect(await stage.read('answers.jsonl')).toBe(first)
    expect(await stage.files()).toEqual(['answers.jsonl', 'records.jsonl', 'state'])
  })

  test.each(['--out', '--failed'])('a file that %s names is not replaced without being asked to', async (flag) => {
    await using stage = await twoShards()
    await stage.output(1, 1, '0001.jsonl.out', answer('b') + answer('a'))
    const file = stage.path('mine.txt')
    await writeFile(file, 'as it was')
    const words = flag === '--out' ? [] : ['--out', stage.path('answers.jsonl')]

    const {exitCode, stdout} = await collect(stage, 'nightly', ...words, flag, file, '--json')

    expect([exitCode, await stage.read('mine.txt')]).toEqual([2, 'as it was'])
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: 'CONFIRMATION_NEEDED',
        why: `${file} exists and would be replaced. Go on?`,
        hint: 'Name another file, or run it again with --yes.',
      },
    })
    expect((await collect(stage, 'nightly', ...words, flag, file, '--yes')).exitCode).toBe(3)
    expect(await stage.read('mine.txt')).not.toBe('as it was')
  })

  test.runIf(existsSync('/dev/full'))('a disk that is full leaves what was there, and no half of a file', async () => {
    await using stage = await twoShards()
    await stage.output(1, 1, '0001.jsonl.out', answer('b') + answer('a'))
    const [out, failed] = [stage.path('answers.jsonl'), stage.path('failed.jsonl')]
    await writeFile(out, 'as it was')
    await symlink('/dev/full', `${failed}.${process.pid}.tmp`)

    const {exitCode, stdout} = await collect(stage, 'nightly', '--out', out, '--failed', failed, '--yes', '--json')

    expect([exitCode, JSON.parse(stdout).error]).toMatchObject([
      2,
      {code: 'OUTPUT_NOT_WRITTEN', hint: 'Free space there, or name one elsewhere with --failed.'},
    ])
    expect(await stage.read('answers.jsonl')).toBe('as it was')
    expect(await stage.files()).toEqual(['answers.jsonl', 'records.jsonl', 'state'])
  })

  test('before there are outputs, what was collected before stays', async () => {
    await using stage = await twoShards()
    await writeFile(stage.path('answers.jsonl'), 'from before\n')
    const {exitCode, result} = await collect(stage, 'nightly', '--out', stage.path('answers.jsonl'), '--json')

    expect(exitCode).toBe(3)
    expect(result()).toMatchObject({answered: 0, out: null})
    expect(await stage.read('answers.jsonl')).toBe('from before\n')
  })

  test('without --out the answers alone go to standard output, and the report beside', async () => {
    await using stage = await twoShards()
    await stage.output(1, 1, '0001.jsonl.out', answer('a') + answer('b'))
    const {exitCode, stderr, stdout} = await collect(stage, 'nightly')

    expect(exitCode).toBe(3)
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).recordId),
    ).toEqual(['a', 'b'])
    expect(stderr).toContain('2 of 4 records answered')
    expect(stderr).toContain('bedrockctl batch retry nightly')
    expect(stderr).not.toContain('says a')
  })

  test('when the input is gone or changed, its shards in S3 stand in for it', async () => {
    await using stage = await twoShards()
    await stage.put('in/nightly/r1/0001.jsonl', record('a') + record('b'))
    await stage.put('in/nightly/r1/0002.jsonl', record('c') + record('d'))
    await stage.output(1, 2, '0002.jsonl.out', answer('c'))
    await writeFile(stage.input, record('z'))
    const out = stage.path('answers.jsonl')
    const changed = await collect(stage, 'nightly', '--out', out, '--json')
    await rm(stage.input)
    const gone = await collect(stage, 'nightly', '--out', out, '--yes', '--json')

    expect(changed.result()).toMatchObject({records: 4, answered: 1, input: {origin: 'shards'}})
    expect(changed.result().notes[0]).toContain('was changed since the plan')
    expect(gone.result().notes[0]).toContain('is gone')
    expect(await stage.read('answers.jsonl')).toContain('says c')
  })

  test('without its records there is nothing to join to', async () => {
    await using stage = await twoShards()
    await rm(stage.input)
    const {exitCode, stderr} = await collect(stage, 'nightly')

    expect(exitCode).toBe(2)
    expect(stderr).toContain('not to be had any more')
  })

  test('an output that cannot be made sense of is told, and no record is lost for it', async () => {
    await using stage = await twoShards()
    const hostile = `${answer('a')}${answer('a')}${answer('nobody')}{"recordId":"b"\n\u0000\n`
    await stage.output(1, 1, '0001.jsonl.out', hostile)
    await stage.output(1, 1, '../../elsewhere.jsonl.out', answer('b'))
    await stage.output(1, 1, 'manifest.json.out', '[]')
    const {exitCode, stdout} = await collect(stage, 'nightly', '--out', stage.path('answers.jsonl'))

    expect(exitCode).toBe(3)
    expect(stdout).toContain('2 lines that cannot be read as an answer; the first is line 4 of')
    expect(stdout).toContain('1 line with an id that no record has')
    expect(stdout).toContain('1 line of outputs say something again')
    expect(stdout).toContain('such as ')
    expect(await stage.files()).toEqual(['answers.jsonl', 'records.jsonl', 'state'])
  })

  test('CSV is safe for spreadsheets, and says that it is simulated', async () => {
    await using stage = await openCollectStage([record('=1+1') + record('b') + record('c')])
    await stage.output(1, 1, '0001.jsonl.out', answer('=1+1', '@now "quoted"') + failure('b', 500) + answer('c', ''))
    const {exitCode, stdout} = await collect(stage, 'nightly', '--format', 'csv', '--with-failed')

    expect(exitCode).toBe(3)
    expect(stdout).toBe(
      [
        'record-id,text,stop-reason,input-tokens,output-tokens,error,simulated',
        `'=1+1,"'@now ""quoted""",end_turn,7,3,,true`,
        'b,,,,,model-error: 500: no,true',
        'c,,end_turn,7,3,,true',
        '',
      ].join('\n'),
    )
  })

  test('Parquet has the same columns', async () => {
    await using stage = await twoShards()
    await stage.output(1, 1, '0001.jsonl.out', answer('b') + answer('a') + failure('c', 500))
    const out = stage.path('answers.parquet')
    await collect(stage, 'nightly', '--format', 'parquet', '--with-failed', '--out', out)
    const bytes = await readFile(out)
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
    const rows = await parquetReadObjects({file: file as ArrayBuffer, compressors})

    const nothing = {text: null, stop_reason: null, input_tokens: null, output_tokens: null}
    expect(rows).toEqual([
      {record_id: 'a', text: 'says a', stop_reason: 'end_turn', input_tokens: 7, output_tokens: 3, error: null},
      {record_id: 'b', text: 'says b', stop_reason: 'end_turn', input_tokens: 7, output_tokens: 3, error: null},
      {record_id: 'c', ...nothing, error: 'model-error: 500: no'},
      {record_id: 'd', ...nothing, error: 'missing'},
    ])
  })

  test.each([
    [['--json']],
    [['-o', 'csv']],
    [['--format', 'parquet']],
    [['--format', 'csv', '--with-input']],
    [['--out', '-']],
  ])('%j is refused', async (words) => {
    await using stage = await twoShards()

    expect((await collect(stage, 'nightly', ...words)).exitCode).toBe(2)
  })

  test('nothing is written over the input, and no two results to one file', async () => {
    await using stage = await twoShards()
    const over = await collect(stage, 'nightly', '--out', stage.input)
    await writeFile(stage.path('one'), '')
    const same = await collect(stage, 'nightly', '--out', stage.path('one'), '--failed', stage.path('one'))

    expect([over.exitCode, same.exitCode]).toEqual([2, 2])
    expect(await stage.read('records.jsonl')).toContain('"a"')
  })
})

/** Makes jobs with the input and output of `names`, and waits for their end. */
async function runJobs(stage: CollectStage, jobs: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = stage.sandbox.env()
  const credentials = {accessKeyId, secretAccessKey}
  const session = openAwsSession({endpointUrl: stage.sandbox.url, region: 'us-east-1', credentials})
  const source = await session.batchJobs()
  const arns: string[] = []
  for (const [name, inputUri] of Object.entries(jobs)) {
    const arn = await source.create('us-east-1', {
      name,
      clientRequestToken: `token-of-${name}`,
      modelId: 'amazon.nova-lite-v1:0',
      roleArn: ROLE,
      api: 'InvokeModel',
      inputUri,
      outputUri: `s3://${BUCKET}/own/out/`,
    })
    arns.push(arn)
  }
  await stage.sandbox.clock.advance(60_000)
  for (const arn of arns) {
    await expect.poll(async () => (await source.get('us-east-1', arn))?.state).toBe('Completed')
  }
  session.close()
  return arns
}

function idsOf(lines: string): readonly string[] {
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as {readonly recordId: string}).recordId)
}

describe('batch collect JOB', () => {
  test('joins a job that was made elsewhere to the object that it names', async () => {
    await using stage = await twoShards()
    await stage.put('own/pile.jsonl', novaLines(120))
    const [arn = ''] = await runJobs(stage, {'made-elsewhere': `s3://${BUCKET}/own/pile.jsonl`})
    const out = stage.path('answers.jsonl')
    const {exitCode, result, stderr} = await collect(stage, arn, '--out', out, '--with-input', '--json')

    expect(exitCode, stderr).toBe(0)
    expect(result()).toMatchObject({group: null, records: 120, answered: 120, input: {origin: 'jobs'}})
    expect(idsOf(await stage.read('answers.jsonl'))).toEqual(idsOf(novaLines(120)))
    expect((await stage.read('answers.jsonl')).split('\n')[7]).toContain(
      '"modelInput":{"messages":[{"role":"user","content":[{"text":"Tell of number 7"}]}]',
    )
  })

  test('joins a job of a folder to all of its files, in the order of their names', async () => {
    await using stage = await twoShards()
    await stage.put('many/b.jsonl', novaLines(60))
    await stage.put('many/a.jsonl', novaLines(60).replaceAll('"recordId":"r', '"recordId":"s'))
    await runJobs(stage, {'of-a-folder': `s3://${BUCKET}/many/`})
    const {exitCode, stderr, stdout} = await collect(stage, 'of-a-folder')

    expect(exitCode, stderr).toBe(0)
    expect(idsOf(stdout)).toEqual([...idsOf(novaLines(60)).map((id) => id.replace('r', 's')), ...idsOf(novaLines(60))])
  })

  test('a group of another machine is put together by the names of its jobs', async () => {
    await using stage = await twoShards()
    await stage.put('own/1.jsonl', novaLines(100))
    await stage.put('own/2.jsonl', novaLines(100).replaceAll('"recordId":"r', '"recordId":"s'))
    await runJobs(stage, {
      'pile-r1-0002': `s3://${BUCKET}/own/2.jsonl`,
      'pile-r1-0001': `s3://${BUCKET}/own/1.jsonl`,
    })
    const {exitCode, stderr, stdout} = await collect(stage, 'pile')

    expect(exitCode, stderr).toBe(0)
    expect(idsOf(stdout)).toEqual([
      ...idsOf(novaLines(100)),
      ...idsOf(novaLines(100)).map((id) => id.replace('r', 's')),
    ])
  })
})
