import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {schemaFile} from '../../scripts/generate/schemas.js'
import {RESULT_SCHEMAS} from '../../scripts/result-schemas.js'
import {benchRunFile, vllmResultFile} from '../support/bench-run-file.js'
import {ROOT} from '../support/command-classes.js'
import {demoPlanFile} from '../support/demo-plan.js'
import {compileSchema} from '../support/json-schema.js'
import {keepRun, keepRuns} from '../support/kept-runs.js'
import {runCli, spawnCli} from '../support/run-cli.js'

// Every command that answers with a document, asked of the built program; in its other way, where there is one, of the
// sources, which starts no process.

const MODEL = 'anthropic.claude-sonnet-4-6'

interface Question {
  readonly words: readonly string[]
  /** Ways to ask; an empty one adds nothing. */
  readonly how: readonly string[]
}

/** From any folder: a question is asked from one of its own. */
function example(name: string): string {
  return join(ROOT, 'examples', 'workloads', `${name}.yaml`)
}

const BENCH_PLAN = join(ROOT, 'examples', 'bench', 'bench.yaml')
const SHARDS = ['--image', 'demo:1', '--shards', '4', '--results', 's3://demo-bench/runs', '--region', 'us-east-1']

const KEPT = await keepRuns()
afterAll(() => KEPT.remove())
await keepRun(KEPT.store, {id: '20261119-080000-aaaa', name: 'nightly'}, [{requests: 60}])
const SHARD_OF_TWO = {of: 2, host: null, clockOffsetMs: null, clockUncertaintyMs: null, lateMs: 0}
const KEPT_SHARDS = await Promise.all(
  [0, 1].map((index) =>
    keepRun(
      KEPT.store,
      {id: `2026111${index}-080000-eeee`, shard: {...SHARD_OF_TWO, index}},
      [{requests: 60, shard: {index, of: 2}}],
      {shard: index},
    ),
  ),
)

const EITHER = ['--sandbox', '--offline']
const LIVE = ['--sandbox']
const ALONE = ['']

const QUESTIONS: Readonly<Record<string, Question>> = {
  'account:quotas': {words: ['--kind', 'tokens-per-minute'], how: LIVE},
  'account:snapshot': {words: ['--reads', 'bedrock:guardrails'], how: LIVE},
  'audit:baseline': {words: [], how: ALONE},
  'audit:checks': {words: [], how: ALONE},
  'audit:endpoints': {words: ['--check', 'EP-09'], how: LIVE},
  'audit:iam': {words: ['--check', 'IAM-02'], how: LIVE},
  'audit:run': {words: ['--family', 'AG'], how: LIVE},
  'batch:check': {words: [join(ROOT, 'examples', 'batch', 'reviews.jsonl'), '--model', MODEL], how: EITHER},
  'batch:list': {words: ['--region', 'us-east-1'], how: LIVE},
  'batch:plan': {
    words: [
      ...[join(ROOT, 'examples', 'batch', 'reviews.jsonl'), '--model', MODEL, '--role', 'BedrockBatch'],
      ...['--staging', 's3://demo-batch-111122223333/in', '--region', 'us-east-1'],
    ],
    how: LIVE,
  },
  'batch:prepare': {
    words: [
      join(ROOT, 'examples', 'batch', 'reviews.csv'),
      '--api',
      'converse',
      '--template',
      '{{review}}',
      '--max-tokens',
      '9',
      '--dry-run',
    ],
    how: EITHER,
  },
  'batch:show': {words: ['night-classification', '--region', 'us-east-1'], how: LIVE},
  'batch:submit': {words: [await demoPlanFile(), '--yes', '--detach'], how: LIVE},
  'batch:stop': {words: ['night-classification', '--region', 'us-east-1', '--dry-run'], how: LIVE},
  'batch:watch': {words: ['night-classification', '--region', 'us-east-1'], how: LIVE},
  'bench:advise': {words: ['--run', await benchRunFile(), '--region', 'eu-central-1'], how: EITHER},
  'bench:compare': {words: ['nightly', '20261119'], how: ALONE},
  'bench:delete': {words: ['20261119-080000-aaaa', '--dry-run'], how: ALONE},
  'bench:export:aws-batch': {
    words: [BENCH_PLAN, ...SHARDS, '--role', 'arn:aws:iam::111122223333:role/bench', '--queue', 'load'],
    how: EITHER,
  },
  'bench:export:kubernetes': {words: [BENCH_PLAN, ...SHARDS], how: EITHER},
  'bench:import': {words: [await vllmResultFile()], how: ALONE},
  'bench:list': {words: [], how: ALONE},
  'bench:merge': {words: KEPT_SHARDS, how: ALONE},
  'bench:metrics': {words: [], how: ALONE},
  'bench:report': {words: [await benchRunFile()], how: ALONE},
  'bench:run': {
    words: ['--target', 'bedrock:amazon.nova-lite-v1:0', '--requests', '4', '--data', 'synthetic:in=32,out=4'],
    how: LIVE,
  },
  'bench:show': {words: ['nightly'], how: ALONE},
  'bench:sweep': {
    words: [
      '--target',
      'bedrock:amazon.nova-lite-v1:0',
      '--concurrency',
      '1,2',
      '--requests',
      '4',
      '--data',
      'synthetic:in=32,out=4',
    ],
    how: LIVE,
  },
  'capacity:create': {
    words: [
      ...['--model', 'meta.llama3-1-70b-instruct-v1:0:128k', '--model-units', '2', '--commitment', '6-month'],
      ...['--region', 'us-west-2', '--dry-run'],
    ],
    how: LIVE,
  },
  'capacity:delete': {words: ['support-tone-live', '--region', 'us-east-1', '--dry-run'], how: LIVE},
  'capacity:list': {words: ['--region', 'us-east-1'], how: LIVE},
  'capacity:plan': {
    words: [
      ...['--model', MODEL, '--region', 'us-east-1', '--rate', '9/min:5m', '--input-tokens', '900'],
      ...['--output-tokens', '90', '--quota-tpm', '20k'],
    ],
    how: EITHER,
  },
  'capacity:update': {
    words: ['nova-lite-night-batch', '--name', 'night', '--region', 'us-east-1', '--dry-run'],
    how: LIVE,
  },
  'catalog:refresh': {words: ['--region', 'eu-central-1'], how: LIVE},
  'catalog:show': {words: [], how: EITHER},
  completion: {words: ['bash'], how: ALONE},
  'cost:actual': {words: ['--since', '3d'], how: LIVE},
  'cost:breakeven': {words: [example('chat'), '--workload', 'support-chat'], how: EITHER},
  'cost:compare': {words: [example('chat'), '--workload', 'support-chat', '--model', 'all'], how: EITHER},
  'cost:diff': {words: [example('chat'), example('batch-classification')], how: EITHER},
  'cost:estimate': {
    words: [
      '--model',
      MODEL,
      '--region',
      'us-east-1',
      '--requests',
      '9k',
      '--input-tokens',
      '900',
      '--output-tokens',
      '90',
    ],
    how: EITHER,
  },
  'cost:prices': {words: [MODEL, '--region', 'us-east-1'], how: EITHER},
  'customizations:check': {
    words: [
      ...[
        join(ROOT, 'examples', 'customizations', 'tone.jsonl'),
        '--base-model',
        'amazon.nova-lite-v1:0',
        '--type',
        'fine-tuning',
      ],
      ...['--region', 'us-east-1'],
    ],
    how: EITHER,
  },
  'customizations:create': {
    words: [
      ...['--base-model', 'amazon.nova-lite-v1:0', '--type', 'fine-tuning', '--role', 'BedrockTuning', '--dry-run'],
      ...['--data', 's3://demo-tuning-111122223333/examples/train.jsonl', '--region', 'us-east-1'],
      ...['--results', 's3://demo-tuning-111122223333/out'],
    ],
    how: LIVE,
  },
  'customizations:delete': {words: ['gone-model', '--dry-run', '--region', 'us-east-1'], how: LIVE},
  'customizations:deploy': {words: ['support-tone', '--dry-run', '--region', 'us-east-1'], how: LIVE},
  'customizations:invoke': {
    words: ['support-tone-live', '--prompt', 'Hello', '--region', 'us-east-1'],
    how: LIVE,
  },
  'customizations:list': {words: ['--region', 'us-east-1'], how: LIVE},
  'customizations:metrics': {words: ['train-support-tone', '--region', 'us-east-1'], how: LIVE},
  'customizations:show': {words: ['train-support-tone', '--region', 'us-east-1'], how: LIVE},
  'customizations:stop': {words: ['train-support-tone', '--dry-run', '--region', 'us-east-1'], how: LIVE},
  'customizations:watch': {words: ['train-support-tone', '--region', 'us-east-1'], how: LIVE},
  doctor: {words: ['--region', 'eu-central-1'], how: LIVE},
  'features:list': {words: ['--same-as', MODEL], how: EITHER},
  'iam:generate': {
    words: ['--workload', 'app', '--model', MODEL, '--from', 'us-east-1', '--account', '111122223333'],
    how: EITHER,
  },
  'iam:simulate': {
    words: ['--principal', 'checkout-app', '--model', MODEL, '--from', 'us-east-1'],
    how: LIVE,
  },
  'iam:who-can': {words: ['invoke', MODEL, '--from', 'us-east-1'], how: LIVE},
  'imports:check': {words: ['s3://demo-models-111122223333/tiny-llama/', '--region', 'us-east-1'], how: LIVE},
  'imports:create': {
    words: [
      's3://demo-models-111122223333/tiny-llama/',
      '--role',
      'BedrockImport',
      '--dry-run',
      '--region',
      'us-east-1',
    ],
    how: LIVE,
  },
  'imports:delete': {words: ['house-llama', '--dry-run', '--region', 'us-east-1'], how: LIVE},
  'imports:list': {words: ['--region', 'us-east-1'], how: LIVE},
  'imports:show': {words: ['house-llama', '--region', 'us-east-1'], how: LIVE},
  'imports:watch': {words: ['house-llama', '--region', 'us-east-1'], how: LIVE},
  'models:access': {words: [MODEL], how: LIVE},
  'models:access:request': {words: [MODEL, '--dry-run'], how: LIVE},
  'models:availability': {words: [MODEL, '--from', 'eu-central-1'], how: EITHER},
  'models:lifecycle': {words: [MODEL], how: EITHER},
  'models:list': {words: [], how: EITHER},
  'models:lock': {words: [MODEL, '--from', 'eu-central-1', '--dry-run'], how: EITHER},
  'models:resolve': {words: [MODEL, '--from', 'eu-central-1'], how: EITHER},
  'models:show': {words: [MODEL], how: EITHER},
  monitor: {words: ['--once', '--region', 'us-east-1', '--view', 'jobs'], how: LIVE},
  readiness: {words: [], how: LIVE},
  'routes:list': {words: ['--from', 'eu-central-1'], how: EITHER},
  'routes:trace': {words: [MODEL, '--from', 'eu-central-1'], how: EITHER},
  'sandbox:scenarios': {words: [], how: ALONE},
}

/** They need files or a process of their own: test/e2e/{account-files,batch-*,imports-*,sandbox-process}.test.ts ask them. */
const ASKED_ELSEWHERE = [
  'account:diff',
  'batch:collect',
  'batch:retry',
  'imports:invoke',
  'sandbox:env',
  'sandbox:start',
]

test('there is a question for every command with a schema', () => {
  expect(new Set([...Object.keys(QUESTIONS), ...ASKED_ELSEWHERE])).toEqual(new Set(Object.keys(RESULT_SCHEMAS)))
})

const asked = Object.entries(QUESTIONS).flatMap(([id, {words, how}]) =>
  how.map((one, way) => ({
    id,
    argv: [...id.split(':'), ...words, ...(one === '' ? [] : [one])],
    ask: way === 0 ? spawnCli : runCli,
  })),
)

test.each(asked)('$argv fits its schema', async ({id, argv, ask}) => {
  const {exitCode, stdout, stderr} = await ask([...argv, '--json'], id.startsWith('bench:') ? {env: KEPT.env} : {})

  expect(exitCode, stderr + stdout).toBe(0)
  expect(compileSchema(schemaFile(id)).validate(JSON.parse(stdout))).toEqual([])
})
