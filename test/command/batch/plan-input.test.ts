import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, relative} from 'node:path'
import {expect, test} from 'vitest'
import {readPlan} from '../../../src/lib/batch/plan/read-plan.js'
import {BUCKET, batchScenario, novaLines} from '../../support/batch-scenario.js'
import {runCli} from '../../support/run-cli.js'

test('a plan of a file that was named from the working folder can be carried out from any', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'batch-plan-input-'))
  try {
    const file = join(folder, 'records.jsonl')
    writeFileSync(file, novaLines(120))
    const everything = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}
    const scenario = await batchScenario({}, {iam: {users: [{name: 'sandbox', inline: {work: everything}}]}})
    const saved = join(folder, 'plan.json')
    const places = ['--role', 'BedrockBatch', '--staging', `s3://${BUCKET}/in`, '--out', saved]

    const {exitCode, stdout} = await runCli(
      ['batch', 'plan', relative(process.cwd(), file), '--model', 'amazon.nova-lite-v1:0', ...places].concat(
        `--sandbox=${scenario}`,
        '--region',
        'us-east-1',
      ),
    )

    expect(exitCode, stdout).toBe(0)
    expect((await readPlan(saved)).input.name).toBe(file)
  } finally {
    rmSync(folder, {recursive: true})
  }
}, 120_000)
