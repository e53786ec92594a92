import {expect, test} from 'vitest'
import {read, readPart} from '../../src/lib/account/read.js'
import {startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {takeSnapshot} from '../support/take-snapshot.js'

test('the nodes of a flow are read into its loops', async () => {
  const sandbox = await startSandbox({scenario: 'misconfigured'})
  try {
    const snapshot = await takeSnapshot(sandbox, ['bedrock-agent:flows'], ['eu-central-1'])
    const flows = read(snapshot, 'bedrock-agent:flows', 'eu-central-1')
    const rounds = flows.state === 'read' ? flows.value.find(({name}) => name === 'rounds') : undefined
    const draft = rounds && readPart(rounds.draft)

    expect(draft?.state === 'read' && draft.value.nodes.map(({name, type}) => [name, type])).toEqual([
      ['Start', 'Input'],
      ['Rounds', 'Loop'],
      ['Rounds/Begin', 'LoopInput'],
      ['Rounds/Improve', 'Prompt'],
      ['End', 'Output'],
    ])
  } finally {
    await sandbox.close()
  }
})
