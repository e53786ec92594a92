import {BedrockClient, ListProvisionedModelThroughputsCommand} from '@aws-sdk/client-bedrock'
import {describe, expect, test} from 'vitest'
import {BASE, type CapacityStage, capacityStage, SOLD} from '../../support/capacity-stage.js'
import type {CliResult} from '../../support/process-stage.js'
import {clientSettings} from '../../support/sandbox-clients.js'

const answer = ({stdout}: CliResult) => JSON.parse(stdout)
const calls = ({sandbox}: CapacityStage, operation: string) =>
  sandbox.journal.filter((call) => call.operation === operation).length

const BUY = ['create', '--model', SOLD, '--model-units', '1', '--name', 'night'] as const
const COMMITTED = {committedUnits: 4}

describe('capacity create', () => {
  test('buys once, however often it is run', async () => {
    const at = await capacityStage()
    const first = await at.run([...BUY, '--yes'])
    const second = await at.run([...BUY, '--yes'])

    expect([first.exitCode, second.exitCode]).toEqual([0, 0])
    expect(answer(first)).toMatchObject({outcome: 'created', name: 'night', modelId: SOLD, state: 'Creating'})
    expect(answer(second)).toMatchObject({outcome: 'exists', arn: answer(first).arn})
    expect(calls(at, 'CreateProvisionedModelThroughput')).toBe(1)
  })

  test('is seen as it is by other programs', async () => {
    const at = await capacityStage()
    await at.run([...BUY, '--yes', '--tag', 'team=a'])
    await at.pass(5)
    const client = new BedrockClient(clientSettings(at.sandbox, 'us-west-2'))
    const {provisionedModelSummaries} = await client.send(new ListProvisionedModelThroughputsCommand({}))

    expect(provisionedModelSummaries).toMatchObject([
      {provisionedModelName: 'night', modelUnits: 1, status: 'InService'},
    ])
  })

  test('waits until it is in service', async () => {
    const at = await capacityStage({}, {secondsALook: 1})
    const bought = await at.run([...BUY, '--yes', '--wait', '--interval', '1s'])

    expect(bought.exitCode).toBe(0)
    expect(answer(bought)).toMatchObject({outcome: 'in-service', state: 'InService'})
  })

  test('that does not come in time goes on: exit 7', async () => {
    const at = await capacityStage()
    const bought = await at.run([...BUY, '--yes', '--wait', '--interval', '1s', '--timeout', '1s'])

    expect([bought.exitCode, answer(bought).outcome]).toEqual([7, 'timed-out'])
  })

  test('that fails says why: exit 3', async () => {
    const at = await capacityStage({failures: [{of: 'provisioned', message: 'No capacity.'}]}, {secondsALook: 1})
    const bought = await at.run([...BUY, '--yes', '--wait', '--interval', '1s'])

    expect(bought.exitCode).toBe(3)
    expect(answer(bought)).toMatchObject({outcome: 'failed', gate: {passed: false}})
    expect(answer(bought).gate.failures[0]).toContain('No capacity.')
  })

  test('buys again what was deleted, though the words are the same', async () => {
    const at = await capacityStage()
    const first = await at.run([...BUY, '--yes'])
    await at.pass(5)
    await at.run(['delete', 'night', '--confirm', 'night'])
    const second = await at.run([...BUY, '--yes'])
    const third = await at.run([...BUY, '--yes'])

    expect(answer(second)).toMatchObject({outcome: 'created', state: 'Creating'})
    expect(answer(second).arn).not.toBe(answer(first).arn)
    expect(answer(third)).toMatchObject({outcome: 'exists', arn: answer(second).arn})
  })

  test('waits for what was bought before', async () => {
    const at = await capacityStage({}, {secondsALook: 1})
    await at.run([...BUY, '--yes'])
    const again = await at.run([...BUY, '--yes', '--wait', '--interval', '1s'])

    expect([again.exitCode, answer(again).outcome]).toEqual([0, 'in-service'])
    expect(calls(at, 'CreateProvisionedModelThroughput')).toBe(1)
  })

  test('of the name of what failed says so: exit 3', async () => {
    const at = await capacityStage({failures: [{of: 'provisioned', message: 'No capacity.'}]})
    await at.run([...BUY, '--yes'])
    await at.pass(5)
    const again = await at.run([...BUY, '--yes'])

    expect([again.exitCode, answer(again).outcome]).toEqual([3, 'failed'])
    expect(answer(again).gate.failures[0]).toContain('No capacity.')
  })

  test('buys nothing where the quota has no units: exit 3', async () => {
    const at = await capacityStage({}, {quotas: {}})
    const refused = await at.run([...BUY, '--yes'])

    expect(refused.exitCode).toBe(3)
    expect(answer(refused)).toMatchObject({outcome: 'refused', gate: {passed: false}, arn: null})
    expect(answer(refused).checks).toContainEqual(
      expect.objectContaining({id: 'units', verdict: 'blocker', fix: expect.stringContaining('L-FE44174A')}),
    )
    expect(calls(at, 'CreateProvisionedModelThroughput')).toBe(0)
  })

  test('takes a custom model of the account', async () => {
    const at = await capacityStage()
    const bought = await at.run(['create', '--model', 'tone', '--model-units', '1', '--yes'])

    expect(answer(bought)).toMatchObject({
      ...{outcome: 'created', baseModelId: BASE, name: 'bbbbbbbbbbb1-1mu'},
      modelId: expect.stringContaining('custom-model/'),
    })
  })

  test('with a commitment asks for the name, which --yes does not give', async () => {
    const at = await capacityStage(COMMITTED)
    const words = [...BUY, '--commitment', '6-month'] as const
    const refused = await at.run([...words, '--yes'])
    const other = await at.run([...words, '--confirm', 'nacht'])
    const bought = await at.run([...words, '--confirm', 'night'])

    expect([refused.exitCode, other.exitCode, bought.exitCode]).toEqual([2, 2, 0])
    expect(answer(refused).error).toMatchObject({code: 'CONFIRMATION_NEEDED'})
    expect(answer(refused).error.why).toMatch(/cannot be deleted before \d{4}-\d{2}-\d{2}; costs \$[\d,]+\.\d{2}/)
    expect(answer(bought)).toMatchObject({outcome: 'created', commitment: '6-month'})
    expect(calls(at, 'CreateProvisionedModelThroughput')).toBe(1)
  })

  test.each([
    [['--model', 'us.anthropic.claude-sonnet-4-6', '--model-units', '1'], 'NOT_PROVISIONED_THERE'],
    [['--model', 'anthropic.claude-sonnet-4-6', '--model-units', '1'], 'NOT_PROVISIONED_THERE'],
    [['--model', 'nobody', '--model-units', '1'], 'MODEL_UNKNOWN'],
    [['--model', SOLD, '--model-units', '0'], 'UNITS_INVALID'],
    [['--model', SOLD, '--model-units', 'two'], 'UNITS_INVALID'],
    [['--model', SOLD, '--model-units', '1', '--name', 'a b'], 'NAME_INVALID'],
    [['--model', SOLD, '--model-units', '1', '--name', 'a-'.repeat(32)], 'NAME_INVALID'],
    [['--model', SOLD, '--model-units', '1', '--region', 'us-west-2,us-east-1'], 'ONE_REGION'],
  ])('%j is refused', async (words, code) => {
    const at = await capacityStage()
    const refused = await at.run(['create', ...words, '--yes'])

    expect([refused.exitCode, answer(refused).error.code]).toEqual([2, code])
  })

  test('of a name that stands for something else is refused with what differs', async () => {
    const at = await capacityStage()
    await at.run([...BUY, '--yes'])
    const refused = await at.run(['create', '--model', SOLD, '--model-units', '2', '--name', 'night', '--yes'])

    expect(answer(refused).error).toMatchObject({code: 'NAME_TAKEN', why: 'it has 1 unit'})
  })

  test('--dry-run says what would be bought, and buys nothing', async () => {
    const at = await capacityStage()
    const shown = await at.run([...BUY, '--dry-run'])

    expect(shown.exitCode).toBe(0)
    expect(answer(shown)).toMatchObject({outcome: 'would-create', hourly: {amount: 24}, committed: null, endsOn: null})
    expect(calls(at, 'CreateProvisionedModelThroughput')).toBe(0)
  })
})

describe('capacity delete', () => {
  test('takes the name as confirmation, and deletes', async () => {
    const at = await capacityStage()
    await at.run([...BUY, '--yes'])
    await at.pass(5)
    const refused = await at.run(['delete', 'night', '--yes'])
    const deleted = await at.run(['delete', 'night', '--confirm', 'night'])
    const gone = await at.run(['delete', 'night', '--confirm', 'night'])

    expect([refused.exitCode, deleted.exitCode, gone.exitCode]).toEqual([2, 0, 2])
    expect(answer(deleted)).toMatchObject({outcome: 'deleted', kind: 'provisioned', saves: {amount: 24}, remains: []})
    expect(answer(gone).error.code).toBe('CAPACITY_NOT_FOUND')
  })

  test('within a commitment is refused before AWS is asked, with the day and what is billed until then', async () => {
    const at = await capacityStage(COMMITTED)
    await at.run([...BUY, '--commitment', '1-month', '--confirm', 'night'])
    await at.pass(5)
    const refused = await at.run(['delete', 'night', '--confirm', 'night'])

    expect([refused.exitCode, answer(refused).error.code]).toEqual([3, 'COMMITTED'])
    expect(answer(refused).error.message).toMatch(/cannot be deleted before \d{4}-\d{2}-\d{2}/)
    expect(answer(refused).error.why).toMatch(/until then it is billed: \$[\d,]+/)
    expect(calls(at, 'DeleteProvisionedModelThroughput')).toBe(0)
  })

  test('--dry-run tells what stays billed', async () => {
    const at = await capacityStage()
    await at.run(['create', '--model', 'tone', '--model-units', '1', '--name', 'tuned', '--yes'])
    await at.pass(5)
    const shown = await at.run(['delete', 'tuned', '--dry-run'])

    expect(answer(shown)).toMatchObject({outcome: 'would-delete', remains: [expect.stringContaining('custom-model/')]})
    expect(calls(at, 'DeleteProvisionedModelThroughput')).toBe(0)
  })
})

describe('capacity update', () => {
  async function tuned(at: CapacityStage) {
    await at.run(['create', '--model', 'tone', '--model-units', '1', '--name', 'tuned', '--yes'])
    await at.pass(5)
  }

  test('serves another custom model of the same base, and is busy while it does', async () => {
    const at = await capacityStage()
    await tuned(at)
    const changed = await at.run(['update', 'tuned', '--model', 'tone-2', '--yes'])
    const busy = await at.run(['update', 'tuned', '--name', 'other', '--yes'])
    const kept = await at.run(['delete', 'tuned', '--confirm', 'tuned'])
    await at.pass(5)
    const same = await at.run(['update', 'tuned', '--model', 'tone-2', '--yes'])

    expect(answer(changed)).toMatchObject({outcome: 'updating', change: {name: null}})
    expect(answer(changed).change.modelArn).toContain('bbbbbbbbbbb2')
    expect(answer(busy).error).toMatchObject({code: 'CAPACITY_BUSY', exitCode: 5})
    expect(answer(kept).error.code).toBe('CAPACITY_BUSY')
    expect(answer(same).outcome).toBe('unchanged')
    expect(calls(at, 'UpdateProvisionedModelThroughput')).toBe(1)
  })

  test('takes another name', async () => {
    const at = await capacityStage()
    await tuned(at)
    await at.run(['update', 'tuned', '--name', 'renamed', '--yes'])
    await at.pass(5)

    expect(answer(await at.run(['list'])).rows).toMatchObject([{name: 'renamed', state: 'InService', units: 1}])
  })

  test.each([
    [['--model', 'other'], 'was made of'],
    [['--name', 'a--b'], '--name a--b'],
    [[], 'give --name, --model or both'],
  ])('%j is refused with why', async (words, why) => {
    const at = await capacityStage()
    await tuned(at)
    const refused = await at.run(['update', 'tuned', ...words, '--yes'])

    expect([refused.exitCode, answer(refused).error.code]).toEqual([2, 'CHANGE_NOT_POSSIBLE'])
    expect(answer(refused).error.why).toContain(why)
  })

  test('of throughput of a base model to another model is refused', async () => {
    const at = await capacityStage()
    await at.run([...BUY, '--yes'])
    await at.pass(5)
    const refused = await at.run(['update', 'night', '--model', 'tone', '--yes'])

    expect(answer(refused).error.why).toContain('of a base model')
  })

  test('to a model that nobody knows is refused', async () => {
    const at = await capacityStage()
    await tuned(at)

    expect(answer(await at.run(['update', 'tuned', '--model', 'nobody', '--yes'])).error.code).toBe('MODEL_UNKNOWN')
  })
})
