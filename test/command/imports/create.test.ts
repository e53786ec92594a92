import {gzipSync} from 'node:zlib'
import {pack} from 'tar-stream'
import {describe, expect, test} from 'vitest'
import {importsCreateSchema} from '../../../src/lib/imports/create/imports-create.schema.js'
import {ACCOUNT, BUCKET, type ImportStage, importStage} from '../../support/import-stage.js'
import {runCli} from '../../support/run-cli.js'
import {tinyFolder, tinyModel} from '../../support/tiny-model.js'

const ANYTHING = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}
const S3 = `s3://${BUCKET}/tiny/`

/** An account whose user may do anything; `create` runs the command. */
async function open(region: Parameters<typeof importStage>[0] = {}) {
  const stage: ImportStage = await importStage(region, {iam: {users: [{name: 'sandbox', inline: {all: ANYTHING}}]}})
  const create = async (...words: readonly string[]) => {
    const {exitCode, stderr, stdout} = await runCli(
      ['imports', 'create', ...words, '--role', 'BedrockImport', '--json'],
      {
        env: stage.sandbox.env(),
      },
    )
    const value: unknown = JSON.parse(stdout)
    // A failure is told as JSON too.
    const failed = typeof value === 'object' && value !== null && 'error' in value
    return {exitCode, said: stderr + stdout, answer: failed ? undefined : importsCreateSchema.parse(value)}
  }
  const keys = () => [...(stage.sandbox.world.objects.list(BUCKET, '') ?? [])].map(({key}) => key)
  return {stage, create, keys}
}

describe('of files in S3', () => {
  test('a dry run looks at everything and makes nothing', async () => {
    const {create, stage} = await open()
    await stage.put()

    const {answer, exitCode} = await create(S3, '--dry-run')

    expect(answer).toMatchObject({
      outcome: 'would-create',
      modelName: 'tiny',
      s3Uri: S3,
      roleArn: `arn:aws:iam::${ACCOUNT}:role/BedrockImport`,
      check: {gate: {passed: true}},
      cost: {unitsPerCopy: null, perWindow: 0.2859, storagePerMonth: 1.95},
    })
    expect(exitCode).toBe(0)
    expect(await stage.state('tiny').catch(({name}) => name)).toBe('ResourceNotFoundException')
  })

  test('the same twice is one job, and told as such before and after it has ended', async () => {
    const {create, stage} = await open()
    await stage.put()

    const first = await create(S3, '--yes')
    const second = await create(S3, '--yes')
    await stage.pass(100)
    const third = await create(S3, '--yes')

    expect(first.answer).toMatchObject({outcome: 'created', import: {state: 'InProgress'}})
    expect(first.answer?.jobName).toMatch(/^tiny-[0-9a-f]{8}$/)
    expect(second.answer).toMatchObject({outcome: 'already-running', jobName: first.answer?.jobName})
    expect(third.answer).toMatchObject({outcome: 'already-imported', jobName: first.answer?.jobName})
    expect([first, second, third].map(({exitCode}) => exitCode)).toEqual([0, 0, 0])
  })

  test('what would fail is not made, and says why', async () => {
    const {create, stage} = await open()
    await stage.put({files: {'model-00002-of-00002.safetensors': undefined}})

    const {answer, exitCode} = await create(S3, '--yes')

    expect(exitCode).toBe(3)
    expect(answer).toMatchObject({outcome: 'blocked', gate: {passed: false}, jobName: null})
  })

  test('checks are skipped only with the words for it, which say what was not looked at', async () => {
    const {create, stage} = await open()
    await stage.put({files: {'model-00002-of-00002.safetensors': undefined}})

    const {answer} = await create(S3, '--yes', '--skip-checks')

    expect(answer).toMatchObject({outcome: 'created', check: null, skipped: expect.stringContaining('headers')})
  })

  test('a name that another model has is refused, with what is different', async () => {
    const {create, stage} = await open()
    await stage.imported()
    await stage.put({}, 'other/')

    const {exitCode, said} = await create(`s3://${BUCKET}/other/`, '--name', 'tiny', '--yes')

    expect(exitCode).toBe(2)
    expect(said).toContain('There is a model called tiny already')
    expect(said).toContain(S3)
  })

  test('another role, or other files, are no import that was made before', async () => {
    const {create, stage} = await open()
    await stage.put()
    await create(S3, '--yes')
    await stage.pass(100)

    const tagged = await create(S3, '--yes', '--tag', 'team=a')
    await stage.put({config: {max_position_embeddings: 4096}})
    const changed = await create(S3, '--yes')

    expect(tagged).toMatchObject({exitCode: 2, said: expect.stringContaining('tags or network')})
    expect(changed).toMatchObject({exitCode: 2, said: expect.stringContaining(`the files at ${S3} were others`)})
  })

  test('a failed import can be made again under the same name of the model', async () => {
    const {create, stage} = await open({
      imports: {outcomes: [{jobs: '*', status: 'Failed', message: 'An internal error occurred.'}]},
    })
    await stage.put()

    const first = await create(S3, '--yes')
    await stage.pass(100)
    const second = await create(S3, '--yes')

    expect(second.answer).toMatchObject({outcome: 'created', jobName: `${first.answer?.jobName}-2`})
  })

  test('nobody to ask is no yes', async () => {
    const {create, stage} = await open()
    await stage.put()

    expect(await create(S3)).toMatchObject({exitCode: 2, said: expect.stringContaining('confirmation')})
  })
})

describe('of a folder of this machine', () => {
  test('what an import needs goes up, and is imported from there', async () => {
    const {create, keys, stage} = await open()
    const folder = await tinyFolder({files: {'README.md': 'hello', 'pytorch_model.bin': 'no'}})

    const {answer} = await create(folder, '--upload', `s3://${BUCKET}/in`, '--name', 'tiny', '--yes')
    await stage.pass(100)

    expect(answer).toMatchObject({
      outcome: 'created',
      s3Uri: `s3://${BUCKET}/in/tiny/`,
      upload: {files: tinyModel().size, leftOut: ['README.md', 'pytorch_model.bin']},
    })
    expect(answer?.upload?.sentBytes).toBe(answer?.upload?.bytes)
    expect(keys().toSorted()).toEqual([...tinyModel().keys()].map((name) => `in/tiny/${name}`).toSorted())
    expect((await stage.state(answer?.jobName ?? ''))[0]).toBe('Completed')
  })

  test('other weights under the same name are refused, and not passed for imported', async () => {
    const {create, stage} = await open()
    const words = ['--upload', `s3://${BUCKET}/in`, '--name', 'tiny', '--yes']
    const folder = await tinyFolder()
    await create(folder, ...words)
    await stage.pass(100)

    const same = await create(await tinyFolder(), ...words)
    const other = await create(await tinyFolder({config: {rope_theta: 500001}}), ...words)

    expect(same.answer?.outcome).toBe('already-imported')
    expect(other).toMatchObject({exitCode: 2, said: expect.stringContaining('config.json is another file')})
  })

  test('needs a place to go to', async () => {
    const {create} = await open()

    expect(await create(await tinyFolder())).toMatchObject({exitCode: 2, said: expect.stringContaining('--upload')})
  })
})

describe('of a training job', () => {
  const job = {
    roleArn: `arn:aws:iam::${ACCOUNT}:role/sagemaker`,
    outputUri: `s3://${BUCKET}/training`,
    createdOn: '2026-11-01',
    status: 'Completed',
  } as const

  test('an archive is unpacked beside itself, checked and imported', async () => {
    const {create, keys, stage} = await open({trainingJobs: [{...job, name: 'house-1'}]})
    await stage.sandbox.world.objects.put(BUCKET, 'training/house-1/output/model.tar.gz', await packed())

    const dry = await create('--from-sagemaker-job', 'house-1', '--dry-run')
    const {answer} = await create('--from-sagemaker-job', 'house-1', '--yes')
    await stage.pass(100)

    expect(dry.answer).toMatchObject({
      outcome: 'would-create',
      source: {kind: 'training-job', archive: `s3://${BUCKET}/training/house-1/output/model.tar.gz`},
    })
    expect(answer).toMatchObject({
      outcome: 'created',
      modelName: 'house-1',
      s3Uri: `s3://${BUCKET}/training/house-1/output/hf-import/`,
      check: {gate: {passed: true}},
    })
    expect(keys()).toContain('training/house-1/output/hf-import/config.json')
    expect((await stage.state(answer?.jobName ?? ''))[0]).toBe('Completed')
  })

  test('files that are not packed are imported where they are', async () => {
    const {create, stage} = await open({trainingJobs: [{...job, name: 'loose', compression: 'NONE'}]})
    await stage.put({}, 'training/loose/output/model/')

    const {answer} = await create('--from-sagemaker-job', 'loose', '--yes')

    expect(answer).toMatchObject({
      outcome: 'created',
      s3Uri: `s3://${BUCKET}/training/loose/output/model/`,
      upload: null,
    })
  })

  test('one that failed, or is not there, has no model', async () => {
    const {create} = await open({
      trainingJobs: [{...job, name: 'bad', status: 'Failed', failureReason: 'AlgorithmError: out of memory'}],
    })

    expect((await create('--from-sagemaker-job', 'bad')).said).toContain('out of memory')
    expect((await create('--from-sagemaker-job', 'none')).said).toContain('There is no training job none')
    expect((await create('s3://a-bucket/b', '--from-sagemaker-job', 'none')).said).toContain('one source')
  })
})

test('there is something to import, into one Region', async () => {
  const {create} = await open()

  expect((await create()).said).toContain('There is nothing to import.')
  expect((await create(S3, '--region', 'us-east-1', '--region', 'us-west-2')).said).toContain('into one Region')
})

async function packed(): Promise<Buffer> {
  const tar = pack()
  for (const [name, body] of tinyModel()) tar.entry({name: `./${name}`}, body)
  tar.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of tar) chunks.push(chunk as Uint8Array)
  return gzipSync(Buffer.concat(chunks))
}
