import {ListTagsForResourceCommand, StopModelInvocationJobCommand} from '@aws-sdk/client-bedrock'
import {describe, expect, test} from 'vitest'
import {ACCOUNT, BUCKET, novaBody, novaLines} from '../support/batch-scenario.js'
import {idOf, lines, stage} from '../support/batch-stage.js'

describe('a batch job', () => {
  test('goes through its states on the clock and leaves answers and a manifest', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(300))
    const jobArn = await at.create({tags: [{key: 'team', value: 'a'}]})
    const seen: unknown[] = [(await at.get(jobArn)).status]
    for (const seconds of [1, 1, 1]) {
      await at.sandbox.clock.advance(seconds * 1000)
      seen.push((await at.get(jobArn)).status)
    }
    await at.sandbox.clock.advance(1500)
    const running = await at.get(jobArn)
    await at.sandbox.clock.advance(1500)
    const ended = await at.get(jobArn)

    expect(seen).toEqual(['Submitted', 'Validating', 'Scheduled', 'InProgress'])
    expect(running).toEqual({status: 'InProgress', message: undefined, counts: [300, 150, 150, 0]})
    expect(ended).toEqual({status: 'Completed', message: undefined, counts: [300, 300, 300, 0]})
    const output = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
    const manifest: unknown = JSON.parse(await at.read(`out/r1/${idOf(jobArn)}/manifest.json.out`))
    const ids = output.map(({recordId}) => recordId)
    expect(new Set(ids).size).toBe(300)
    expect(ids.slice(0, 3)).not.toEqual(['r0', 'r1', 'r2'])
    expect(output.find(({recordId}) => recordId === 'r7')).toMatchObject({
      modelInput: novaBody(7),
      modelOutput: {output: {message: {role: 'assistant'}}, stopReason: 'end_turn'},
    })
    expect(manifest).toMatchObject({
      totalRecordCount: 300,
      processedRecordCount: 300,
      successRecordCount: 300,
      errorRecordCount: 0,
    })
    const {tags} = await at.bedrock.send(new ListTagsForResourceCommand({resourceARN: jobArn}))
    expect(tags).toEqual([{key: 'team', value: 'a'}])
  })

  test('gets its end without anybody asking', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(100))
    const jobArn = await at.create()
    await at.sandbox.clock.advance(60_000)

    await expect.poll(() => at.read(`out/r1/${idOf(jobArn)}/manifest.json.out`)).toContain('"totalRecordCount":100')
  })

  test('takes every JSONL file of a folder and writes one output for each', async () => {
    const at = await stage()
    await at.put('many/a.jsonl', novaLines(60))
    await at.put('many/b.jsonl', novaLines(60, novaBody).replaceAll('"recordId":"r', '"recordId":"s'))
    await at.put('many/notes.txt', 'no records')
    const jobArn = await at.create({inputDataConfig: {s3InputDataConfig: {s3Uri: `s3://${BUCKET}/many/`}}})
    await at.sandbox.clock.advance(60_000)

    expect((await at.get(jobArn)).counts).toEqual([120, 120, 120, 0])
    const keys = [...at.sandbox.world.objects.list(BUCKET, 'out/')].map(({key}) => key.split('/').at(-1))
    expect(keys).toEqual(['a.jsonl.out', 'b.jsonl.out', 'manifest.json.out'])
  })

  test('answers Converse records in the shape of Converse and refuses tools', async () => {
    const at = await stage()
    const converse = (index: number) => ({
      messages: [{role: 'user', content: [{text: `Say ${index}`}]}],
      ...(index === 3 && {toolConfig: {tools: []}}),
    })
    await at.put('in/0001.jsonl', novaLines(100, converse))
    const jobArn = await at.create({modelId: 'us.anthropic.claude-sonnet-4-6', modelInvocationType: 'Converse'})
    await at.sandbox.clock.advance(60_000)

    expect((await at.get(jobArn)).counts).toEqual([100, 100, 99, 1])
    const output = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
    expect(output.find(({recordId}) => recordId === 'r3')?.['error']).toEqual({
      errorCode: 400,
      errorMessage: 'Tool use is not supported for batch inference Converse requests.',
      expired: false,
      retryable: false,
    })
    expect(output.find(({recordId}) => recordId === 'r4')).toMatchObject({
      modelOutput: {output: {message: {role: 'assistant'}}, usage: {inputTokens: expect.any(Number)}},
    })
  })

  test('writes an error for a body that the model refuses, and gives a record without an id one', async () => {
    const at = await stage()
    const body = (index: number) => ({
      anthropic_version: 'bedrock-2023-05-31',
      ...(index !== 1 && {max_tokens: 5}),
      messages: [{role: 'user', content: `Number ${index}`}],
      ...(index === 2 && {modelId: 'x'}),
    })
    const text = novaLines(100, body).replace('"recordId":"r9",', '')
    await at.put('in/0001.jsonl', text)
    const jobArn = await at.create({modelId: 'us.anthropic.claude-sonnet-4-6'})
    await at.sandbox.clock.advance(60_000)

    const output = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
    const errors = output.filter(({error}) => error !== undefined).map(({error}) => error)
    expect(errors).toContainEqual(expect.objectContaining({errorMessage: 'max_tokens: Field required'}))
    expect(errors).toContainEqual(expect.objectContaining({errorMessage: 'modelId: Extra inputs are not permitted'}))
    expect(output.find(({recordId}) => recordId === 'r0')).toMatchObject({
      modelOutput: {type: 'message', stop_reason: 'max_tokens', usage: {output_tokens: 5}},
    })
    const given = output.filter(({recordId}) => /^[0-9A-F]{11}$/.test(String(recordId)))
    expect(given.map(({modelInput}) => modelInput)).toEqual([body(9)])
  })

  test('echoes a record byte for byte', async () => {
    const at = await stage()
    const odd = '{ "recordId":"odd" , "modelInput":{"inputText":"\\u00e4 1e2","dimensions":256.0}}'
    await at.put('in/0001.jsonl', `${novaLines(100, () => ({inputText: 'a'}))}${odd}\n`)
    const jobArn = await at.create({modelId: 'amazon.titan-embed-text-v2:0'})
    await at.sandbox.clock.advance(60_000)

    expect((await at.get(jobArn)).status).toBe('Completed')
    const text = await at.read(`out/r1/${idOf(jobArn)}/0001.jsonl.out`)
    expect(text).toContain(odd.slice(0, -1))
  })
})

test('a role that may not invoke a profile makes the job fail at its end', async () => {
  const at = await stage()
  await at.put('in/0001.jsonl', novaLines(100))
  const jobArn = await at.create({
    modelId: 'us.amazon.nova-lite-v1:0',
    roleArn: `arn:aws:iam::${ACCOUNT}:role/NoInvoke`,
  })
  await at.sandbox.clock.advance(60_000)

  expect(await at.get(jobArn)).toMatchObject({
    status: 'Failed',
    message: "Customer doesn't have permissions to invokeModel",
    counts: [100, 0, 0, 0],
  })
})

describe('a job that is stopped', () => {
  test('keeps what it had processed, and cannot be stopped twice', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(300))
    const jobArn = await at.create()
    await at.sandbox.clock.advance(4200)
    await at.bedrock.send(new StopModelInvocationJobCommand({jobIdentifier: jobArn}))
    const stopping = await at.get(jobArn)
    await at.bedrock.send(new StopModelInvocationJobCommand({jobIdentifier: jobArn}))
    await at.sandbox.clock.advance(5000)
    const stopped = await at.get(jobArn)

    expect(stopping).toEqual({status: 'Stopping', message: undefined, counts: [300, 120, 120, 0]})
    expect(stopped).toEqual({status: 'Stopped', message: undefined, counts: [300, 120, 120, 0]})
    expect(await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)).toHaveLength(120)
    await expect(at.bedrock.send(new StopModelInvocationJobCommand({jobIdentifier: jobArn}))).rejects.toMatchObject({
      name: 'ConflictException',
    })
  })

  test('before it began leaves nothing', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(300))
    const jobArn = await at.create()
    await at.bedrock.send(new StopModelInvocationJobCommand({jobIdentifier: jobArn}))
    await at.sandbox.clock.advance(60_000)

    expect(await at.get(jobArn)).toEqual({status: 'Stopped', message: undefined, counts: [0, 0, 0, 0]})
    expect([...at.sandbox.world.objects.list(BUCKET, 'out/')]).toEqual([])
  })

  test('and every other is found by its ARN alone', async () => {
    const at = await stage()
    const jobArn = await at.create()

    await expect(at.get(idOf(jobArn))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The provided ARN is invalid.',
    })
    const other = `${jobArn.slice(0, -1)}${jobArn.endsWith('a') ? 'b' : 'a'}`
    await expect(at.get(other)).rejects.toMatchObject({name: 'ResourceNotFoundException'})
  })
})

describe('a scenario', () => {
  test('lets a share of the records fail, and succeed when they are sent again', async () => {
    const errors = [{share: 0.1, attempts: 1, code: 429, message: 'Too many requests'}]
    const at = await stage({recordErrors: errors})
    await at.put('in/0001.jsonl', novaLines(1000))
    const first = await at.create({jobName: 'first'})
    await at.sandbox.clock.advance(60_000)
    const [total, , , failed = 0] = (await at.get(first)).counts
    const second = await at.create({jobName: 'second'})
    await at.sandbox.clock.advance(60_000)

    expect(total).toBe(1000)
    expect(failed).toBeGreaterThan(70)
    expect(failed).toBeLessThan(130)
    const output = await lines(at, `out/r1/${idOf(first)}/0001.jsonl.out`)
    expect(output.filter(({error}) => error !== undefined)).toHaveLength(failed)
    expect((await at.get(second)).counts).toEqual([1000, 1000, 1000, 0])
  })

  test('counts an attempt only for records that a job got to', async () => {
    const errors = [{share: 1, attempts: 1, code: 503, message: 'Service unavailable'}]
    const at = await stage({recordErrors: errors, outcomes: [{jobs: 'first', status: 'Expired', afterShare: 0.5}]})
    await at.put('in/0001.jsonl', novaLines(200))
    const first = await at.create({jobName: 'first'})
    await at.sandbox.clock.advance(60_000)
    const expired = await at.get(first)
    const second = await at.create({jobName: 'second'})
    await at.sandbox.clock.advance(60_000)

    expect(expired).toMatchObject({status: 'Expired', counts: [200, 100, 0, 100]})
    expect((await at.get(second)).counts).toEqual([200, 200, 100, 100])
  })

  test('lets a job expire after a share of its records, in order of the input', async () => {
    const at = await stage({outcomes: [{jobs: '*-0001', status: 'Expired', afterShare: 0.4}]})
    await at.put('in/0001.jsonl', novaLines(200))
    const jobArn = await at.create()
    await at.sandbox.clock.advance(60_000)

    expect(await at.get(jobArn)).toEqual({status: 'Expired', message: undefined, counts: [200, 80, 80, 0]})
    const output = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
    expect(new Set(output.map(({recordId}) => recordId))).toEqual(new Set(Array.from({length: 80}, (_, i) => `r${i}`)))
  })

  test('makes a job too slow for its time: done in part, or expired before it begins', async () => {
    const day = 24 * 3600
    const slow = await stage({recordsPerSecond: 100 / day})
    await slow.put('in/0001.jsonl', novaLines(200))
    const partial = await slow.create()
    await slow.sandbox.clock.advance(day * 1000)
    const late = await stage({scheduledSeconds: day})
    await late.put('in/0001.jsonl', novaLines(200))
    const expired = await late.create()
    await late.sandbox.clock.advance(day * 1000)

    expect(await slow.get(partial)).toMatchObject({status: 'PartiallyCompleted', counts: [200, 99, 99, 0]})
    expect(await late.get(expired)).toMatchObject({status: 'Expired', counts: [200, 0, 0, 0]})
  })
})

test('an error may stand where the answer would', async () => {
  const at = await stage({recordErrors: [{share: 1, code: 500, message: 'Internal error', asOutput: true}]})
  await at.put('in/0001.jsonl', novaLines(100))
  const jobArn = await at.create()
  await at.sandbox.clock.advance(60_000)

  expect((await at.get(jobArn)).counts).toEqual([100, 100, 0, 100])
  const [first] = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
  expect(first).toMatchObject({modelOutput: {errorCode: 500, errorMessage: 'Internal error', retryable: true}})
  expect(first).not.toHaveProperty('error')
})
