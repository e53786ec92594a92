import {describe, expect, test} from 'vitest'
import {compileSchema} from '../../support/json-schema.js'
import {runCli} from '../../support/run-cli.js'

describe('audit endpoints', () => {
  test('one matrix a Region, then the findings of the family and no other', async () => {
    const {stdout, exitCode} = await runCli([
      'audit',
      'endpoints',
      '--sandbox=misconfigured',
      '--region',
      'eu-central-1',
    ])

    expect(exitCode).toBe(0)
    expect(stdout).toContain('How VPCs of eu-central-1 reach Bedrock')
    expect(stdout).toMatch(/^bedrock-runtime +dns +NONE +no-dns +-$/m)
    expect(stdout).toMatch(/^bedrock-agentcore +pending /m)
    expect(stdout).toMatch(/^HIGH +EP-05 /m)
    expect(stdout).not.toMatch(/ IAM-\d\d /)
  })

  test('the JSON answer fits its schema, and the gate stops what is worse', async () => {
    const argv = ['audit', 'endpoints', '--sandbox=misconfigured', '--region', 'eu-central-1', '--fail-on', 'high']
    const {stdout, exitCode} = await runCli([...argv, '--json'])

    expect(exitCode).toBe(3)
    expect(compileSchema('audit-endpoints.json').validate(JSON.parse(stdout))).toEqual([])
  })

  test('a private path that is whole passes the strictest gate', async () => {
    const argv = ['audit', 'endpoints', '--sandbox=clean', '--fail-on', 'info', '--fail-on-unknown', '-o', 'csv']
    const {stdout, exitCode} = await runCli(argv)

    const [head = '', ...rows] = stdout.trim().split(/\r?\n/)
    expect(exitCode).toBe(0)
    expect(head).toMatch(/^region,vpc,name,/)
    expect(rows).toHaveLength(8)
    expect(rows.filter((row) => !row.includes('private-dns'))).toEqual([])
  })
})
