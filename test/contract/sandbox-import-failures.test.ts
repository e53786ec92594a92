import {describe, expect, test} from 'vitest'
import {ACCOUNT, BUCKET, importStage} from '../support/import-stage.js'
import {withHeaderLength} from '../support/safetensors-file.js'
import type {TinyModelOptions} from '../support/tiny-model.js'

const SHARD = 'model-00002-of-00002.safetensors'
const HOME = `s3://${BUCKET}/tiny`
const notFound = (uri: string) =>
  `Amazon bedrock could not find the expected file ${uri}. ` +
  'Make sure the model is in Huggingface format and that the file exists'

/** Status and failure once config.json has been read, and at the end. */
async function outcome(
  options: TinyModelOptions,
  over: Parameters<Awaited<ReturnType<typeof importStage>>['create']>[0] = {},
) {
  const at = await importStage()
  await at.put(options)
  const job = await at.create(over)
  await at.pass(10)
  const early = await at.state(job)
  await at.pass(100)
  return {early, late: await at.state(job)}
}

describe('an import fails once config.json has been read', () => {
  test.each<readonly [string, TinyModelOptions, string | RegExp]>([
    ['there is none', {files: {'config.json': undefined}}, notFound(`${HOME}/config.json`)],
    [
      'the architecture is not taken',
      {config: {model_type: 'phi3', architectures: ['Phi3ForCausalLM']}},
      /^Amazon bedrock does not support the architecture \(phi3\) of the model that you are importing\. Try again with one of the following supported architectures: \[mistral, mixtral, .*qwen3_moe, gpt_oss\]\.$/,
    ],
    ['it is no JSON', {files: {'config.json': '{'}}, /config\.json is not a valid JSON object/],
    [
      'it is not UTF-8',
      {files: {'config.json': (file) => Buffer.from(file.toString().replace('{', '{"a":"\u00e9",'), 'latin1')}},
      /config\.json is not a valid JSON object/,
    ],
    ['its class is no language model', {config: {architectures: ['LlamaForSequenceClassification']}}, /LlamaForSeq/],
    ['the weights are quantized', {config: {quantization_config: {quant_method: 'awq'}}}, /awq/],
  ])('when %s', async (_, options, message) => {
    const {early} = await outcome(options)
    expect(early).toEqual(['Failed', typeof message === 'string' ? message : expect.stringMatching(message)])
  })

  test.each([
    [
      'the address is that of a file',
      {modelDataSource: {s3DataSource: {s3Uri: `${HOME}/config.json`}}},
      /could not find/,
    ],
    ['the bucket is not there', {modelDataSource: {s3DataSource: {s3Uri: 's3://nowhere/tiny/'}}}, /does not exist/],
    [
      'the bucket is elsewhere',
      {modelDataSource: {s3DataSource: {s3Uri: 's3://elsewhere/tiny/'}}},
      /not in the Region/,
    ],
    ['the role may not list', {roleArn: `arn:aws:iam::${ACCOUNT}:role/NoList`}, /s3:ListBucket on test-models/],
    ['the role may not read', {roleArn: `arn:aws:iam::${ACCOUNT}:role/NoObjects`}, /s3:GetObject on s3/],
  ])('when %s', async (_, over, message) => {
    const {early} = await outcome({}, over)
    expect(early).toEqual(['Failed', expect.stringMatching(message)])
  })
})

describe('an import fails when everything has been copied', () => {
  test.each<readonly [string, TinyModelOptions, string | RegExp]>([
    ['a shard is missing', {files: {[SHARD]: undefined}}, notFound(`${HOME}/${SHARD}`)],
    ['there are no weights', {tensors: () => [], files: {'model.safetensors.index.json': undefined}}, /no weights/],
    [
      'shards have no index',
      {files: {'model.safetensors.index.json': undefined}},
      notFound(`${HOME}/model.safetensors.index.json`),
    ],
    ['the index has no metadata', {index: ({weight_map}) => ({weight_map})}, /has no metadata at its root/],
    [
      'the index has metadata that is not supported',
      {index: ({weight_map}) => ({weight_map, metadata: {total_size: 1, total_parameters: 2}})},
      /total_parameters/,
    ],
    ['the index leads out of the folder', {index: (one) => ({...one, weight_map: {a: '../x.safetensors'}})}, /no file/],
    [
      'the index has a tensor that its shard has not',
      {index: (one) => ({...one, weight_map: {...one.weight_map, extra: SHARD}})},
      /places the tensor extra in/,
    ],
    ['a shard is truncated', {files: {[SHARD]: (file) => file.subarray(0, -1)}}, /not fully covered/],
    ['a shard is empty', {files: {[SHARD]: ''}}, /header too small/],
    ['a header claims 2^60 bytes', {files: {[SHARD]: (file) => withHeaderLength(file, 2n ** 60n)}}, /header too large/],
    ['a header is no JSON', {header: (text) => `[${text}]`}, /invalid JSON in header/],
    ['a shape is not that of its bytes', {header: (text) => text.replace('[64,16]', '[65,16]')}, /invalid shape/],
    ['a type is none', {header: (text) => text.replace('BF16', 'BF17')}, /invalid JSON in header/],
    ['a type is not taken', {header: (text) => text.replaceAll('BF16', 'I16')}, /has the type I16/],
    ['tensors overlap', {header: (text) => text.replace('[2048,2560]', '[1024,1536]')}, /invalid offset for tensor/],
    ['the embedding has other rows', {config: {vocab_size: 65}}, /has 64 rows, config\.json has a vocab_size of 65/],
    [
      'there is no embedding',
      {tensors: (all) => all.filter(({name}) => !name.includes('embed'))},
      /model\.embed_tokens\.weight is missing/,
    ],
    ['the embedding is of another width', {config: {hidden_size: 32}}, /is 16 wide, config\.json says 32/],
    [
      'there is no output layer',
      {tensors: (all) => all.filter(({name}) => name !== 'lm_head.weight')},
      /lm_head\.weight is missing/,
    ],
    [
      'there is no norm behind the last layer',
      {tensors: (all) => all.filter(({name}) => name !== 'model.norm.weight')},
      /model\.norm\.weight is missing/,
    ],
    [
      'a matrix of a layer is missing',
      {tensors: (all) => all.filter(({name}) => !name.includes('1.self_attn.q_proj'))},
      /model\.layers\.1\.self_attn\.q_proj\.weight is missing/,
    ],
    ['matrices are of another size', {config: {intermediate_size: 64}}, /is 32x16, config\.json makes it 64x16/],
    ['there are more layers than config.json has', {config: {num_hidden_layers: 1}}, /beyond the 1 layers/],
    [
      'an adapter is not merged',
      {
        tensors: (all) => [
          ...all,
          {name: 'model.layers.0.mlp.up_proj.lora_A.weight', dtype: 'BF16', shape: [4], bytes: 8, shard: 2},
        ],
      },
      /lora_A\.weight is of an adapter/,
    ],
    ['a shape has a fraction', {header: (text) => text.replace('[64,16]', '[64.0,16]')}, /invalid JSON in header/],
    ['a note in a header is no text', {header: (text) => text.replace('"pt"', '1')}, /invalid JSON in header/],
    ['a layer is missing', {config: {num_hidden_layers: 3}}, /of layer 2 is missing/],
    ['the tokenizer is missing', {files: {'tokenizer.json': undefined}}, notFound(`${HOME}/tokenizer.json`)],
    [
      'the tokenizer is no JSON',
      {files: {'tokenizer.json': 'version https://git-lfs'}},
      /tokenizer\.json is not a valid/,
    ],
    [
      'settings of the answers are empty',
      {files: {'generation_config.json': ''}},
      /generation_config\.json is not a valid JSON object/,
    ],
    [
      'the tokenizer has no settings',
      {files: {'tokenizer_config.json': undefined}},
      notFound(`${HOME}/tokenizer_config.json`),
    ],
  ])('when %s', async (_, options, message) => {
    const {early, late} = await outcome(options)
    expect(early).toEqual(['InProgress', undefined])
    expect(late).toEqual(['Failed', typeof message === 'string' ? message : expect.stringMatching(message)])
  })
})

test('what lies beside the model, or below it, is no matter', async () => {
  const {late} = await outcome({files: {'README.md': 'x', 'metal/model.bin': 'x', 'original/x.safetensors': 'x'}})
  expect(late).toEqual(['Completed', undefined])
})

test('GPT-OSS is taken in one Region alone, in four bits, and with its end tokens', async () => {
  const config = {
    model_type: 'gpt_oss',
    architectures: ['GptOssForCausalLM'],
    quantization_config: {quant_method: 'mxfp4'},
  }
  const ends = JSON.stringify({eos_token_id: [200_002, 199_999, 200_012]})
  expect((await outcome({config})).late[1]).toContain('200012')
  expect((await outcome({config, files: {'generation_config.json': ends}})).late).toEqual(['Completed', undefined])
})

test('a scenario has a job fail, at once or later, and leaves the others alone', async () => {
  const outcomes = [
    {jobs: 'early-*', status: 'Failed', message: 'Early.'},
    {jobs: 'late-*', status: 'Failed', message: 'Late.', afterShare: 0.5},
  ] as const
  const at = await importStage({imports: {outcomes: [...outcomes]}})
  await at.put()
  const early = await at.create({jobName: 'early-1', importedModelName: 'a'})
  await at.pass(10)
  expect(await at.state(early)).toEqual(['Failed', 'Early.'])
  const late = await at.create({jobName: 'late-1', importedModelName: 'b'})
  await at.pass(39)
  expect(await at.state(late)).toEqual(['InProgress', undefined])
  await at.pass(2)
  expect(await at.state(late)).toEqual(['Failed', 'Late.'])
  const other = await at.create()
  await at.pass(100)
  expect(await at.state(other)).toEqual(['Completed', undefined])
})

test('files that go away while they are copied fail the import', async () => {
  const at = await importStage()
  await at.put()
  const job = await at.create()
  await at.pass(20)
  at.sandbox.world.objects.delete(BUCKET, `tiny/${SHARD}`)
  await at.pass(100)
  expect(await at.state(job)).toEqual(['Failed', notFound(`${HOME}/${SHARD}`)])
})

test('files under a key that the role may not use fail the import', async () => {
  const at = await importStage()
  await at.put()
  const {objects} = at.sandbox.world
  const kmsKeyArn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/00000000-0000-4000-a000-000000000001`
  const encryption = {algorithm: 'aws:kms', kmsKeyArn, bucketKey: false} as const
  await objects.put(BUCKET, 'tiny/config.json', '{}', {encryption})
  const job = await at.create()
  await at.pass(10)
  expect(await at.state(job)).toEqual(['Failed', expect.stringContaining('kms:Decrypt')])
})
