import {describe, expect, test} from 'vitest'
import {
  ACCOUNT,
  anyBucketRole,
  BUCKET,
  novaLines,
  OTHER,
  otherAccount,
  POOR_ROLE,
  ROLE,
} from '../support/batch-scenario.js'
import {idOf, lines, stage} from '../support/batch-stage.js'

describe('a job fails while it is validated', () => {
  const cases: readonly [string, string, string][] = [
    ['with too few records', novaLines(2), 'contains less records (2) than the required minimum of: 100'],
    ['with a line that is no JSON', `${novaLines(100)}{"recordId":\n`, 'malformed record in 0001.jsonl at line 101'],
    ['with a blank line', `\n${novaLines(100)}`, 'at line 1: it is not a JSON object'],
    ['with a modelInput that is no object', `${novaLines(99)}{"recordId":"x","modelInput":[]}\n`, 'modelInput'],
    ['with a byte order mark', `\uFEFF${novaLines(100)}`, 'at line 1'],
  ]
  test.each(cases)('%s', async (_, text, message) => {
    const at = await stage()
    await at.put('in/0001.jsonl', text)
    const jobArn = await at.create()
    await at.sandbox.clock.advance(2000)
    const failed = await at.get(jobArn)

    expect(failed).toMatchObject({status: 'Failed', counts: [0, 0, 0, 0]})
    expect(failed.message).toContain(message)
    expect([...at.sandbox.world.objects.list(BUCKET, 'out/')]).toEqual([])
  })

  test.each([
    [100_001, {}, 'more records than the allowed maximum of: 100000'],
    [151, {'L-916C9264': 150}, 'contains more records than the allowed maximum of: 150'],
    [151, {'L-39FA8DCA': 200}, 'contains less records (151) than the required minimum of: 200'],
    [1100, {'L-F60B56CC': 0.0001}, 'an input file 0001.jsonl that is larger'],
  ])('with %i records and applied quotas %j', async (count, quotas, message) => {
    const at = await stage({}, {quotas})
    await at.put('in/0001.jsonl', novaLines(count))
    const jobArn = await at.create()
    await at.sandbox.clock.advance(2000)

    expect((await at.get(jobArn)).message).toContain(message)
  })

  test('when its role may not read, when the bucket is elsewhere, when there is no file', async () => {
    const at = await stage()
    await at.put('in/0001.jsonl', novaLines(100))
    const elsewhere = {s3InputDataConfig: {s3Uri: 's3://elsewhere/in/0001.jsonl'}}
    const missing = {s3InputDataConfig: {s3Uri: `s3://${BUCKET}/nothing/here.jsonl`}}
    const arns = [
      await at.create({jobName: 'poor', roleArn: POOR_ROLE}),
      await at.create({jobName: 'elsewhere', inputDataConfig: elsewhere}),
      await at.create({jobName: 'missing', inputDataConfig: missing}),
    ]
    await at.sandbox.clock.advance(2000)

    const messages = await Promise.all(arns.map(async (arn) => (await at.get(arn)).message))
    expect(messages).toEqual([
      `Could not validate ListBucket permissions for S3URI s3://${BUCKET}/in/0001.jsonl`,
      'Could not validate ListBucket permissions for S3URI s3://elsewhere/in/0001.jsonl',
      `No JSONL files were found at s3://${BUCKET}/nothing/here.jsonl`,
    ])
  })
})

/** A key whose policy lets the role of the jobs in. */
function openKey(id: string) {
  const Statement = {Effect: 'Allow', Principal: {AWS: ROLE}, Action: 'kms:*', Resource: '*'}
  return {id, createdOn: '2025-01-10', policy: {Version: '2012-10-17', Statement}}
}

test('the key of the output is noted on its objects', async () => {
  const id = '00000000-0000-4000-a000-000000000001'
  const key = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${id}`
  const at = await stage({}, {}, {keys: [openKey(id)]})
  await at.put('in/0001.jsonl', novaLines(100))
  const s3OutputDataConfig = {s3Uri: `s3://${BUCKET}/out/r1/`, s3EncryptionKeyId: key}
  const jobArn = await at.create({outputDataConfig: {s3OutputDataConfig}})
  await at.sandbox.clock.advance(60_000)

  expect((await at.get(jobArn)).status).toBe('Completed')
  const written = [...at.sandbox.world.objects.list(BUCKET, 'out/')]
  expect(written.map(({encryption}) => encryption.kmsKeyArn)).toEqual([key, key])
})

test('a bucket of another account is used where both sides allow it and the owner is named', async () => {
  const at = await stage({}, {roles: [anyBucketRole]}, {}, [otherAccount])
  await at.sandbox.world.objects.put('shared', 'in/0001.jsonl', novaLines(100))
  const from = (s3BucketOwner?: string) => ({
    s3InputDataConfig: {s3Uri: 's3://shared/in/0001.jsonl', ...(s3BucketOwner && {s3BucketOwner})},
  })
  const named = await at.create({jobName: 'named', inputDataConfig: from(OTHER)})
  const unnamed = await at.create({jobName: 'unnamed', inputDataConfig: from()})
  await at.sandbox.clock.advance(60_000)

  expect((await at.get(named)).status).toBe('Completed')
  expect((await at.get(unnamed)).message).toContain('Could not validate ListBucket permissions')
})

test('records of the same id are each answered: Bedrock is not known to refuse them', async () => {
  const at = await stage()
  await at.put('in/0001.jsonl', `${novaLines(100)}${novaLines(1)}`)
  const jobArn = await at.create()
  await at.sandbox.clock.advance(60_000)

  expect(await at.get(jobArn)).toMatchObject({status: 'Completed', counts: [101, 101, 101, 0]})
  const output = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
  expect(output.filter(({recordId}) => recordId === 'r0')).toHaveLength(2)
})

test('a model of embeddings answers no Converse record', async () => {
  const at = await stage()
  const converse = () => ({messages: [{role: 'user', content: [{text: 'Hello'}]}]})
  await at.put('in/0001.jsonl', novaLines(100, converse))
  const jobArn = await at.create({modelId: 'amazon.titan-embed-text-v2:0', modelInvocationType: 'Converse'})
  await at.sandbox.clock.advance(60_000)

  expect((await at.get(jobArn)).counts).toEqual([100, 100, 0, 100])
  const [first] = await lines(at, `out/r1/${idOf(jobArn)}/0001.jsonl.out`)
  expect(first?.['error']).toMatchObject({errorMessage: expect.stringContaining('supported text or chat model')})
})
