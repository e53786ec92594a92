import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {SERVICES} from '../../src/lib/sandbox/services.js'
import {benchRunFile} from '../support/bench-run-file.js'
import {commandIds, loadCommand} from '../support/command-classes.js'
import {demoPlanFile} from '../support/demo-plan.js'
import {runCli} from '../support/run-cli.js'
import {tinyFolder} from '../support/tiny-model.js'

// What a command's help says it needs is what its users grant: held against the calls that arrive.

const SONNET = 'anthropic.claude-sonnet-4-6'
const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3d4e5f6'
const HERE = ['--region', 'us-east-1']
const BATCH_PLAN = [
  ...['batch', 'plan', 'examples/batch/reviews.jsonl', '--model', SONNET, '--role', 'BedrockBatch'],
  ...['--out', '/nowhere/plan.json'],
]

const TUNING = [
  ...['customizations', 'create', '--base-model', 'amazon.nova-lite-v1:0', '--type', 'fine-tuning', ...HERE],
  ...['--results', 's3://demo-tuning-111122223333/out', '--role', 'BedrockTuning'],
]

/** One run of each command that calls AWS, taking every branch that calls something. */
const RUNS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'account:quotas': [['account', 'quotas', ...HERE]],
  'account:snapshot': [['account', 'snapshot', ...HERE]],
  'audit:baseline': [
    ['audit', 'baseline', '--check', 'AG-08', '--reason', 'r', '--owner', 'o', '--expires', '9d', '--dry-run', ...HERE],
  ],
  'audit:endpoints': [['audit', 'endpoints', ...HERE]],
  'audit:iam': [['audit', 'iam', ...HERE]],
  'audit:run': [['audit', 'run', ...HERE]],
  'batch:check': [
    ['batch', 'check', 's3://bedrock-batch/input/reviews.jsonl', ...HERE],
    ['batch', 'check', 'examples/batch/reviews.jsonl', '--model', SONNET, ...HERE],
  ],
  'batch:collect': [['batch', 'collect', 'b4tchn1ght01', '--out', '/nowhere/answers.jsonl', ...HERE]],
  'batch:list': [['batch', 'list', ...HERE]],
  'batch:plan': [
    [...BATCH_PLAN, '--staging', 's3://demo-batch-111122223333/in', ...HERE],
    [
      ...BATCH_PLAN,
      '--staging',
      's3://sandbox-batch-clean/in',
      '--subnet',
      'subnet-0a',
      '--security-group',
      'sg-0a',
      ...HERE,
    ],
    [
      'batch',
      'plan',
      's3://bedrock-batch/input/reviews.jsonl',
      ...BATCH_PLAN.slice(3),
      '--staging',
      's3://bedrock-batch/in',
      ...HERE,
    ],
  ],
  'batch:retry': [['batch', 'retry', 'night-classification', ...HERE]],
  'batch:show': [['batch', 'show', 'b4tchn1ght01', ...HERE]],
  'batch:submit': [['batch', 'submit', await demoPlanFile(), '--yes', '--wait', '--interval', '1s']],
  'batch:stop': [['batch', 'stop', 'night-classification', ...HERE, '--yes']],
  'batch:watch': [['batch', 'watch', 'night-classification', ...HERE]],
  'bench:run': [
    ['bench', 'run', ...['--target', 'bedrock:amazon.nova-lite-v1:0', '--requests', '2'], ...HERE],
    [
      ...['bench', 'run', '--target', 'bedrock:amazon.titan-embed-text-v2:0', '--requests', '2', ...HERE],
      ...['--results', 's3://demo-batch-111122223333/bench'],
    ],
  ],
  // After a run that put its results there.
  'bench:merge': [['bench', 'merge', 's3://demo-batch-111122223333/bench', ...HERE]],
  'bench:sweep': [
    ['bench', 'sweep', '--target', 'bedrock:amazon.nova-lite-v1:0', '--concurrency', '1', '--requests', '2', ...HERE],
  ],
  'bench:advise': [['bench', 'advise', '--run', await benchRunFile(), ...HERE]],
  'capacity:create': [
    [
      ...['capacity', 'create', '--model', 'meta.llama3-1-8b-instruct-v1:0:128k', '--model-units', '1'],
      ...['--region', 'us-west-2', '--yes'],
    ],
    ['capacity', 'create', '--model', 'support-tone', '--model-units', '1', '--tag', 'a=b', ...HERE, '--yes'],
  ],
  'capacity:list': [['capacity', 'list', ...HERE]],
  'capacity:plan': [
    ['capacity', 'plan', '--model', SONNET, '--from-metrics', ...HERE],
    ['capacity', 'plan', '--model', SONNET, '--from-logs', 's3://demo-batch-111122223333/', ...HERE],
  ],
  'capacity:update': [
    ['capacity', 'update', 'nova-lite-night-batch', '--name', 'nova-lite-night', ...HERE, '--yes'],
    ['capacity', 'update', 'support-tone-live', '--model', 'support-tone', ...HERE, '--yes'],
  ],
  'catalog:refresh': [['catalog', 'refresh', ...HERE]],
  'cost:actual': [['cost', 'actual', '--tag', 'team']],
  'cost:breakeven': [['cost', 'breakeven', 'examples/workloads/chat.yaml', '--workload', 'support-chat']],
  'cost:compare': [
    [
      ...['cost', 'compare', '--model', SONNET, '--requests', '9k', '--input-tokens', '900'],
      ...['--output-tokens', '90', ...HERE],
    ],
  ],
  'cost:diff': [['cost', 'diff', 'examples/workloads/chat.yaml', 'examples/workloads/agent.yaml']],
  'cost:estimate': [
    [
      ...['cost', 'estimate', '--model', SONNET, '--requests', '9k', '--prompt-file', 'package.json'],
      ...['--output-tokens', '90', ...HERE],
    ],
  ],
  'cost:prices': [['cost', 'prices', SONNET, ...HERE]],
  'customizations:check': [
    [
      ...[
        'customizations',
        'check',
        's3://bedrock-batch/input/reviews.jsonl',
        '--base-model',
        'amazon.nova-2-lite-v1:0',
      ],
      ...['--type', 'fine-tuning', '--check-media', ...HERE],
    ],
  ],
  'customizations:create': [
    [
      ...TUNING,
      '--data',
      'examples/customizations/tone.jsonl',
      '--staging',
      's3://demo-tuning-111122223333/in',
      '--yes',
    ],
    [
      ...[...TUNING, '--data', 's3://demo-tuning-111122223333/examples/train.jsonl', '--dry-run'],
      ...['--subnet', 'subnet-0a', '--security-group', 'sg-0a'],
    ],
  ],
  'customizations:delete': [['customizations', 'delete', 'support-tone', ...HERE, '--dry-run']],
  'customizations:deploy': [
    ['customizations', 'deploy', 'support-tone', ...HERE, '--name', 'support-new', '--yes'],
    ['customizations', 'deploy', 'support-tone', ...HERE, '--provisioned', '--dry-run'],
  ],
  'customizations:invoke': [['customizations', 'invoke', 'support-tone-live', '--prompt', 'Hello', ...HERE]],
  'customizations:list': [['customizations', 'list', ...HERE]],
  'customizations:metrics': [['customizations', 'metrics', 'train-support-tone', ...HERE]],
  'customizations:show': [['customizations', 'show', 'train-support-tone', ...HERE]],
  'customizations:stop': [['customizations', 'stop', 'train-support-tone', ...HERE, '--yes']],
  'customizations:watch': [['customizations', 'watch', 'train-support-tone', ...HERE]],
  'features:list': [['features', 'list', '--same-as', SONNET, ...HERE]],
  'iam:generate': [
    ['iam', 'generate', '--workload', 'app', '--model', SONNET, '--guardrail', 'gr-none', '--from', 'us-east-1'],
    ['iam', 'generate', '--workload', 'app', '--model', SONNET, '--from', 'us-east-1'],
  ],
  'iam:simulate': [
    ['iam', 'simulate', '--principal', 'checkout-app', '--model', SONNET, '--from', 'us-east-1', '--verify-with-aws'],
    [
      ...['iam', 'simulate', '--principal', 'checkout-app', '--model', PROFILE, '--from', 'us-east-1'],
      ...['--guardrail', 'gr-none', '--vpce', 'vpce-none'],
    ],
  ],
  'iam:who-can': [['iam', 'who-can', 'invoke', SONNET, '--from', 'us-east-1']],
  'imports:check': [
    [
      ...['imports', 'check', 's3://demo-models-111122223333/tiny-llama/', '--role', 'BedrockImport'],
      ...['--name', 'tiny-llama', ...HERE],
    ],
  ],
  'imports:create': [
    [
      ...['imports', 'create', 's3://demo-models-111122223333/tiny-llama/', '--role', 'BedrockImport'],
      ...['--yes', '--tag', 'team=a', ...HERE],
    ],
    [
      ...['imports', 'create', await tinyFolder(), '--upload', 's3://demo-models-111122223333/in', '--name', 'tiny'],
      ...['--role', 'BedrockImport', '--yes', ...HERE],
    ],
    ['imports', 'create', '--from-sagemaker-job', 'none', '--role', 'BedrockImport', ...HERE],
  ],
  'imports:invoke': [['imports', 'invoke', '1mp0rt123456', '--prompt', 'Hello', '--timeout', '0s', ...HERE]],
  'imports:list': [['imports', 'list', ...HERE]],
  'imports:show': [['imports', 'show', '1mp0rt123456', ...HERE]],
  'imports:watch': [['imports', 'watch', '1mp0rt123456', ...HERE]],
  'models:access': [['models', 'access', SONNET, PROFILE, ...HERE]],
  'models:access:request': [['models', 'access', 'request', 'writer.palmyra-x4-v1:0', ...HERE, '--yes']],
  'models:availability': [['models', 'availability', SONNET, PROFILE, '--from', 'us-east-1']],
  'models:lifecycle': [['models', 'lifecycle', ...HERE]],
  'models:list': [['models', 'list', ...HERE]],
  'models:lock': [['models', 'lock', SONNET, '--from', 'us-east-1', '--dry-run']],
  'models:resolve': [['models', 'resolve', PROFILE, '--from', 'us-east-1']],
  'models:show': [
    ['models', 'show', PROFILE],
    ['models', 'show', `us.${SONNET}`, ...HERE],
    ['models', 'show', 'arn:aws:bedrock:us-east-1:111122223333:custom-model-deployment/d3p10y123456'],
    ['models', 'show', 'arn:aws:bedrock:us-east-1:111122223333:imported-model/1mp0rt123456'],
    ['models', 'show', 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/pr0v1s10ned1'],
  ],
  // What actions of the board call is that of the commands they run.
  monitor: [
    ['monitor', '--once', '--bill', '--region', 'us-west-2'],
    ...['models', 'capacity', 'endpoints'].map((view) => ['monitor', '--once', '--view', view, ...HERE]),
    ['monitor', '--once', '--view', 'findings'],
  ],
  readiness: [['readiness', ...HERE]],
  'routes:list': [['routes', 'list', SONNET, '--from', 'us-east-1']],
  'routes:trace': [['routes', 'trace', PROFILE, '--from', 'us-east-1']],
  // Last: what they name is gone then.
  'capacity:delete': [
    ['capacity', 'delete', 'support-tone-live', ...HERE, '--confirm', 'support-tone-live'],
    ['capacity', 'delete', 'nova-lite-night', ...HERE, '--confirm', 'nova-lite-night'],
  ],
  'imports:delete': [['imports', 'delete', '1mp0rt123456', ...HERE, '--confirm', 'house-llama']],
}

/** Probes what the other commands need, so its calls are theirs. */
const PROBES_FOR_OTHERS = ['doctor']

/** IAM action of a call: neither prefix nor name need be those of the operation. */
function actionOf(service: string, operation: string): string {
  const spec = SERVICES.find(({id}) => id === service)
  return spec?.iamActions?.[operation] ?? `${spec?.iamPrefix ?? spec?.signing ?? service}:${operation}`
}

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({})
})

afterAll(() => sandbox.close())

async function callsOf(argv: readonly string[]): Promise<readonly string[]> {
  const before = sandbox.journal.length
  await runCli([...argv, '--json'], {env: sandbox.env()})
  return sandbox.journal.slice(before).map(({service = '?', operation = '?'}) => actionOf(service, operation))
}

test('every command that names permissions is run here', async () => {
  const ids = commandIds().filter((id) => !PROBES_FOR_OTHERS.includes(id))
  const naming = await Promise.all(ids.map(async (id) => ((await loadCommand(id)).permissions ?? []).length > 0))

  expect(Object.keys(RUNS).sort()).toEqual(ids.filter((_, index) => naming[index]))
})

describe.each(Object.entries(RUNS).filter(([id]) => commandIds().includes(id)))('%s', (id, runs) => {
  test('calls nothing that its permissions do not name, and every call is signed', async () => {
    const from = sandbox.journal.length
    const calls: string[] = []
    for (const argv of runs) calls.push(...(await callsOf(argv)))
    const permissions = (await loadCommand(id)).permissions ?? []

    expect(calls.length).toBeGreaterThan(0)
    expect([...new Set(calls)].filter((call) => !permissions.includes(call))).toEqual([])
    expect(sandbox.journal.slice(from).filter(({signature}) => signature !== 'ok')).toEqual([])
  })
})
