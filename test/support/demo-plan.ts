import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {openFileSource} from '../../src/lib/jsonl/file-source.js'
import {pileOf, shardsOf} from './batch-pile.js'
import {batchPlan} from './batch-plan.js'

/** A plan that the demo account of the sandbox can submit: its file, in a folder of its own. */
export async function demoPlanFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-plan-'))
  const input = join(folder, 'records.jsonl')
  const pile = pileOf(0, 40)
  await writeFile(input, pile)
  const {revision} = await openFileSource(input)
  const plan = batchPlan({
    group: 'demo-plan',
    staging: 's3://demo-batch-111122223333/in',
    results: 's3://demo-batch-111122223333/out',
    input: {name: input, bytes: pile.length, revision, records: 100, rejected: 0},
    shards: shardsOf([pile]),
  })
  const file = join(folder, 'demo-plan.plan.json')
  await writeFile(file, JSON.stringify(plan))
  return file
}
