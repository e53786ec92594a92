import {expect, test} from 'vitest'
import {capacityStage, SOLD} from '../support/capacity-stage.js'
import {spawnCli} from '../support/run-cli.js'

// From the plan to the purchase and back, by the built program, each step twice.

test('units are bought, listed, renamed and deleted once, however often each is asked', async () => {
  const at = await capacityStage()
  const ask = async (...words: readonly string[]) => {
    const {exitCode, stdout} = await spawnCli(['capacity', ...words, '--json'], {env: at.env})
    return {exitCode, answer: JSON.parse(stdout)}
  }
  const buy = () => ask('create', '--model', SOLD, '--model-units', '1', '--name', 'night', '--yes')
  const bought = [await buy(), await buy()]
  await at.pass(5)
  const listed = await ask('list')
  const renamed = await ask('update', 'night', '--name', 'day', '--yes')
  await at.pass(5)
  const again = await ask('update', 'day', '--name', 'day', '--yes')
  const deleted = await ask('delete', 'day', '--confirm', 'day')
  const gone = await ask('delete', 'day', '--confirm', 'day')
  const empty = await ask('list')

  expect(bought.map(({answer}) => answer.outcome)).toEqual(['created', 'exists'])
  expect(listed.answer.rows).toMatchObject([{name: 'night', state: 'InService', hourly: {amount: 24}}])
  expect([renamed, again, deleted].map(({answer}) => answer.outcome)).toEqual(['updating', 'unchanged', 'deleted'])
  expect([gone.exitCode, gone.answer.error.code]).toEqual([2, 'CAPACITY_NOT_FOUND'])
  expect(empty.answer.rows).toEqual([])
  expect(at.sandbox.journal.filter(({operation}) => /^(Create|Delete)Provisioned/.test(operation ?? ''))).toHaveLength(
    2,
  )
})
