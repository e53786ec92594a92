import {gzipSync} from 'node:zlib'
import type {CreateModelCustomizationJobCommandInput} from '@aws-sdk/client-bedrock'
import {describe, expect, test} from 'vitest'
import {ACCOUNT, BUCKET, converseLines, DISABLED_KEY, KEY, promptLines} from '../support/tuning-scenario.js'
import {type TuningStage, tuningStage} from '../support/tuning-stage.js'

type Over = Partial<CreateModelCustomizationJobCommandInput>

async function failureOf(at: TuningStage, over: Over = {}): Promise<string | undefined> {
  const jobArn = await at.create(over)
  await at.pass(60)
  const {status, failureMessage, statusDetails} = await at.get(jobArn)
  const {validationDetails, dataProcessingDetails, trainingDetails} = statusDetails ?? {}
  const phases = [validationDetails, dataProcessingDetails, trainingDetails].map((phase) => phase?.status)
  expect([status, ...phases]).toEqual(
    failureMessage === undefined
      ? ['Completed', 'Completed', 'Completed', 'Completed']
      : ['Failed', 'Failed', 'NotStarted', 'NotStarted'],
  )
  return failureMessage
}

const LLAMA: Over = {
  baseModelIdentifier: 'meta.llama3-1-8b-instruct-v1:0:128k',
  trainingDataConfig: {s3Uri: `s3://${BUCKET}-west/in/train.jsonl`},
  outputDataConfig: {s3Uri: `s3://${BUCKET}-west/out`},
}

describe('validation fails, in the words of AWS,', () => {
  const KEY_OF = 'in/train.jsonl'
  const cases: readonly [string, string, Over, string][] = [
    [
      'of a file that is not there',
      converseLines(10),
      {trainingDataConfig: {s3Uri: `s3://${BUCKET}/in/none.jsonl`}},
      `Could not validate GetObject permissions to access Amazon S3 bucket: ${BUCKET} at key in/none.jsonl`,
    ],
    [
      'of an empty line',
      `${converseLines(5)}\n${converseLines(5)}`,
      {},
      `Unable to parse Amazon S3 file: s3://${BUCKET}/${KEY_OF}. Data files must conform to JSONL format.`,
    ],
    [
      'of a role that may read and not write',
      converseLines(10),
      {roleArn: `arn:aws:iam::${ACCOUNT}:role/ReadOnly`},
      'Amazon S3 perms missing (PutObject): Could not validate PutObject permissions to access S3 bucket: ' +
        `${BUCKET} at key out/.write_access_check_file.tmp`,
    ],
    [
      'of a file of another name',
      '',
      {trainingDataConfig: {s3Uri: `s3://${BUCKET}/in/train.json`}},
      `Unable to parse Amazon S3 file: s3://${BUCKET}/in/train.json. Data files must conform to JSONL format.`,
    ],
    [
      'of a record with too many letters',
      converseLines(10, () => ({messages: turns('x'.repeat(200_000))})),
      {},
      `Input size exceeded in file ${KEY_OF} for record starting with {"schemaVersion":"bedrock-conv...`,
    ],
  ]
  test.each(cases)('%s', async (_, text, over, message) => {
    const at = await tuningStage()
    await at.put(KEY_OF, text)
    await at.put('in/train.json', converseLines(10))

    expect(await failureOf(at, over)).toBe(message)
  })

  test('of pairs in another shape', async () => {
    const at = await tuningStage({}, {}, 'us-west-2')
    await at.put(KEY_OF, promptLines(100).replaceAll('"completion"', '"output"'))

    expect(await failureOf(at, LLAMA)).toBe(
      `Input data at ${KEY_OF} must follow '{"prompt": "<input text>", "completion": "<output text>"}' format`,
    )
  })
})

const turns = (answer: string, question = 'Why?') => [
  {role: 'user', content: [{text: question}]},
  {role: 'assistant', content: [{text: answer}]},
]

describe('validation fails', () => {
  const cases: readonly [string, string, RegExp][] = [
    ['of too few records', converseLines(7), /contains 7 records, fewer than the required minimum of 8/],
    ['of roles out of turn', withLine({messages: turns('x').toReversed()}), /line 3: messages must alternate/],
    ['of a last turn of the user', withLine({messages: turns('x').slice(0, 1)}), /line 3: the last message/],
    ['of an empty text', withLine({messages: turns(' ')}), /line 3: messages\[1\].content holds an empty text/],
    [
      'of a reserved word',
      withLine({messages: turns('x', 'user: hi')}),
      /line 3: the text holds the reserved word user:/,
    ],
    [
      'of reasoning',
      withLine({
        messages: [
          ...turns('x').slice(0, 1),
          {role: 'assistant', content: [{reasoningContent: {reasoningText: {text: 'Hm.'}}}, {text: 'x'}]},
        ],
      }),
      /line 3: messages\[1\].content holds reasoningContent, which this model takes none of/,
    ],
    [
      'of an image outside the bucket',
      withLine({messages: [{role: 'user', content: [image('s3://other/a.png')]}, ...turns('x').slice(1)]}),
      /not in the bucket of the data set/,
    ],
    [
      'of an image that is not there',
      withLine({messages: [{role: 'user', content: [image(`s3://${BUCKET}/a.png`)]}, ...turns('x').slice(1)]}),
      /Could not validate GetObject permissions to access Amazon S3 bucket: test-tuning at key a.png/,
    ],
  ]
  test.each(cases)('%s', async (_, text, message) => {
    const at = await tuningStage()
    await at.put('in/train.jsonl', text)

    expect(await failureOf(at)).toMatch(message)
  })

  test('of images beside videos', async () => {
    const at = await tuningStage()
    await at.put('a.png', 'png')
    const asked = (index: number) => {
      const kind = index % 2 === 0 ? {image: {format: 'png', ...source}} : {video: {format: 'mp4', ...source}}
      return {messages: [{role: 'user', content: [kind]}, ...turns('x').slice(1)]}
    }
    const source = {source: {s3Location: {uri: `s3://${BUCKET}/a.png`}}}
    await at.put('in/train.jsonl', converseLines(10, asked))

    expect(await failureOf(at)).toMatch(/line 2: a data set holds either images or videos/)
  })

  test('of data under a key that cannot be used, and not under one that can', async () => {
    const inline = (...Action: string[]) => ({
      work: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action, Resource: '*'}]},
    })
    const trust = {
      Version: '2012-10-17',
      Statement: [{Effect: 'Allow', Principal: {Service: 'bedrock.amazonaws.com'}, Action: 'sts:AssumeRole'}],
    }
    const roles = [
      {name: 'BedrockTuning', trust, inline: inline('s3:*', 'kms:Decrypt')},
      {name: 'NoKey', trust, inline: inline('s3:*')},
    ]
    const at = await tuningStage({}, {roles})
    for (const [name, kmsKeyArn] of [
      ['good', KEY],
      ['bad', DISABLED_KEY],
    ] as const) {
      const encryption = {algorithm: 'aws:kms' as const, kmsKeyArn, bucketKey: false}
      await at.sandbox.world.objects.put(BUCKET, `in/${name}.jsonl`, converseLines(10), {encryption})
    }
    const data = (name: string): Over => ({
      jobName: `job-${name}`,
      customModelName: `model-${name}`,
      trainingDataConfig: {s3Uri: `s3://${BUCKET}/in/${name}.jsonl`},
    })

    expect(await failureOf(at, data('good'))).toBeUndefined()
    expect(await failureOf(at, data('bad'))).toMatch(/Could not validate GetObject permissions/)
    const noKey = {...data('good'), jobName: 'x', customModelName: 'x', roleArn: `arn:aws:iam::${ACCOUNT}:role/NoKey`}
    expect(await failureOf(at, noKey)).toMatch(/Could not validate GetObject permissions/)
  })
})

describe('each kind of tuning takes data of its own', () => {
  test('Llama 3.1 takes pairs', async () => {
    const at = await tuningStage({}, {}, 'us-west-2')
    await at.put('in/train.jsonl', promptLines(100))

    expect(await failureOf(at, LLAMA)).toBeUndefined()
  })

  const distillation: Over = {
    customizationType: 'DISTILLATION',
    customizationConfig: {
      distillationConfig: {teacherModelConfig: {teacherModelIdentifier: 'amazon.nova-pro-v1:0'}},
    },
  }

  test('a distillation takes prompts without answers', async () => {
    const at = await tuningStage()
    await at.put(
      'in/train.jsonl',
      converseLines(100, () => ({messages: turns('x').slice(0, 1)})),
    )

    expect(await failureOf(at, distillation)).toBeUndefined()
  })

  test('a teacher behind a profile must be the role’s to invoke', async () => {
    const at = await tuningStage()
    await at.put('in/train.jsonl', converseLines(100))
    const teacherModelConfig = {teacherModelIdentifier: 'us.amazon.nova-pro-v1:0'}

    expect(
      await failureOf(at, {...distillation, customizationConfig: {distillationConfig: {teacherModelConfig}}}),
    ).toBe('Encountered an unexpected error when processing the request, please try again')
  })

  test.each([
    [100, undefined],
    [99, expect.stringMatching(/contains 99 records, fewer than the required minimum of 100/)],
  ])('a distillation learns from %i answers of its teacher in a log', async (records, expected) => {
    const at = await tuningStage()
    const log = (modelId: string, count: number) =>
      Array.from({length: count}, () =>
        JSON.stringify({
          schemaType: 'ModelInvocationLog',
          modelId,
          requestMetadata: {project: 'a'},
          input: {inputBodyJson: {messages: turns('x')}},
          output: {outputBodyJson: {}},
        }),
      ).join('\n')
    await at.put('logs/AWSLogs/one.json.gz', gzipSync(log('amazon.nova-pro-v1:0', records)))
    await at.put('logs/AWSLogs/two.json.gz', gzipSync(log('amazon.nova-lite-v1:0', 50)))
    const invocationLogsConfig = {
      usePromptResponse: true,
      invocationLogSource: {s3Uri: `s3://${BUCKET}/logs`},
      requestMetadataFilters: {equals: {project: 'a'}},
    }

    expect(await failureOf(at, {...distillation, trainingDataConfig: {invocationLogsConfig}})).toEqual(expected)
  })

  test('a reinforcement takes prompts for its grader, and tells rewards', async () => {
    const at = await tuningStage()
    const line = JSON.stringify({messages: [{role: 'user', content: 'What is 2 + 2?'}], reference_answer: '4'})
    await at.put('in/train.jsonl', `${line}\n`.repeat(100))
    const lambdaArn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:grader`
    const jobArn = await at.create({
      customizationType: 'REINFORCEMENT_FINE_TUNING',
      baseModelIdentifier: 'amazon.nova-2-lite-v1:0:256k',
      customizationConfig: {
        rftConfig: {graderConfig: {lambdaGrader: {lambdaArn}}, hyperParameters: {epochCount: 2, batchSize: 16}},
      },
    })
    await at.pass(60)

    const job = await at.get(jobArn)
    expect(job).toMatchObject({status: 'Completed', customizationType: 'REINFORCEMENT_FINE_TUNING'})
    expect(job).not.toHaveProperty('hyperParameters')
    const rows = await at.metrics(jobArn, 'training_artifacts/step_wise_training_metrics.csv')
    expect(rows[0]).toContain('critic/rewards/mean')
    expect(rows).toHaveLength(15)
  })
})

function image(uri: string): object {
  return {image: {format: 'png', source: {s3Location: {uri}}}}
}

/** Ten good lines, the third of which has this instead. */
function withLine(over: object): string {
  return converseLines(10, (index) => (index === 2 ? over : {}))
}
