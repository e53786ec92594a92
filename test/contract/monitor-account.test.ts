import {readdir, readFile, stat, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {toKeptAudit} from '../../src/lib/audit/kept/kept-audit.js'
import {keepAudit} from '../../src/lib/audit/kept/kept-audit-store.js'
import {endpointReader} from '../../src/lib/cli/monitor/topics/endpoints.js'
import {eventReader} from '../../src/lib/cli/monitor/topics/events.js'
import {findingReader} from '../../src/lib/cli/monitor/topics/findings.js'
import type {TopicReader} from '../../src/lib/monitor/board/ports.js'
import {readingSchema} from '../../src/lib/monitor/board/reading.schema.js'
import type {Topic} from '../../src/lib/monitor/board/topics.js'
import {findingOf, reportOf} from '../support/audit-report.js'
import {type JobsStage, openJobsStage} from '../support/jobs-stage.js'

// Endpoints, events and findings of the board: over the wire, and from the folder of this machine.

const REGION = 'eu-central-1'
const ACCOUNT = {account: '111122223333', simulated: true, scenario: undefined}

let stage: JobsStage

beforeAll(async () => {
  stage = await openJobsStage('misconfigured')
})
afterAll(() => stage[Symbol.asyncDispose]())

/** A look at the sandbox's moment, with what it asked; the reading must be as a recording keeps it. */
async function lookBy<T extends Topic>(reader: TopicReader<T>, more: {readonly isAnew?: true} = {}) {
  stage.asked()
  const nowMs = stage.sandbox.clock.now()
  const place = reader.scope === 'region' ? REGION : null
  const looked = await reader.look({place, nowMs, signal: AbortSignal.timeout(20_000), intervalMs: 30_000, ...more})
  readingSchema.parse({topic: reader.topic, place, atMs: nowMs, tookMs: 1, calls: 0, ...looked})
  return {...looked, asked: stage.asked()}
}

describe('endpoints', () => {
  test('are those of Bedrock with what the audit finds wrong, and declared needs without one; events are not read', async () => {
    const {asked, rows} = await lookBy(endpointReader(stage.door))
    const by = new Map(rows.map((row) => [`${row.service} ${row.state}`, row]))

    expect(by.get('bedrock available')).toMatchObject({
      ...{policy: 'full access', privateDns: true, tone: 'bad', zones: ['eu-central-1a', 'eu-central-1b']},
      troubles: [{check: 'EP-03', verdict: 'FAIL', severity: 'high'}],
      more: expect.stringContaining('audit endpoints --region eu-central-1'),
    })
    expect(by.get('bedrock-agent available')).toMatchObject({privateDns: false, troubles: [{check: 'EP-02'}]})
    expect(rows.filter(({tone}) => tone === 'good').every(({troubles}) => troubles.length === 0)).toBe(true)
    expect(rows.some(({state}) => state.startsWith('pending'))).toBe(true)
    expect(asked.filter((one) => /LookupEvents|ListMetrics|GetAccountAuthorization/.test(one))).toEqual([])
  })

  test('that may not be listed are refused by the action that is missing', async () => {
    const fault = stage.sandbox.faults.add({operation: 'DescribeVpcEndpoints', effect: {kind: 'access-denied'}})

    await expect(lookBy(endpointReader(stage.door))).rejects.toMatchObject({
      ...{code: 'ACCESS_DENIED', fault: 'access', action: 'ec2:DescribeVpcEndpoints'},
    })
    stage.sandbox.faults.remove(fault)
  })
})

describe('events', () => {
  test('say who called what, without bodies; a look tells nothing twice and asks from where the last one was', async () => {
    const reader = eventReader(stage.door)
    const first = await lookBy(reader)
    const second = await lookBy(reader)
    const anew = await lookBy(reader, {isAnew: true})

    expect(first.rows.length).toBeGreaterThan(0)
    expect(first.rows).toContainEqual(
      expect.objectContaining({
        ...{name: 'Converse', source: 'bedrock.amazonaws.com', who: 'claims-app/ecs', errorCode: null, region: REGION},
        ...{resource: 'eu.anthropic.claude-sonnet-4-6', text: expect.stringContaining('processed in eu-')},
      }),
    )
    expect(second.rows).toEqual([])
    expect(anew.rows).toEqual(first.rows)
    expect(new Set(first.asked)).toEqual(new Set(['LookupEvents']))
  })

  test('that may not be read are refused by the action that is missing', async () => {
    const fault = stage.sandbox.faults.add({operation: 'LookupEvents', effect: {kind: 'access-denied'}})

    await expect(lookBy(eventReader(stage.door))).rejects.toMatchObject({action: 'cloudtrail:LookupEvents'})
    stage.sandbox.faults.remove(fault)
  })
})

describe('findings', () => {
  const failed = findingOf({
    fix: {summary: 'Delete it.', cli: ['aws iam delete-service-specific-credential --user-name bot']},
  })
  const passed = findingOf({check: 'IAM-11', verdict: 'PASS'})
  const keep = (report: ReturnType<typeof reportOf>) =>
    keepAudit(stage.door.stateFolder, ACCOUNT, toKeptAudit({...report, simulated: true}))

  test('there are none until an audit was kept; then its failures, with evidence and remedy', async () => {
    const reader = findingReader(stage.door)
    const before = await lookBy(reader)
    const file = await keep(reportOf([failed, passed]))
    const after = await lookBy(reader)

    expect(before.rows).toEqual([])
    expect(after.rows).toEqual([
      expect.objectContaining({
        ...{fingerprint: failed.fingerprint, check: 'IAM-10', status: 'FAIL', severity: 'high', region: null},
        ...{resource: failed.resource.id, detail: failed.message, remedy: 'Delete it.', commands: failed.fix?.cli},
        ...{evidence: ['config: ExpirationDate: none (iam:service-credentials)']},
        scope: expect.stringMatching(/^simulated; .*1 in order/),
        again: `bedrockctl audit run --check IAM-10 --endpoint-url ${stage.door.settings.endpointUrl}`,
      }),
    ])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(join(file, '..'))).mode & 0o777).toBe(0o700)
  })

  test('are of the last audit alone, and an audit that found nothing is no missing one', async () => {
    const reader = findingReader(stage.door)
    await keep(reportOf([failed]))
    const one = await lookBy(reader)
    await keep(reportOf([passed]))
    const none = await lookBy(reader)

    expect(one.rows.map(({status}) => status)).toEqual(['FAIL'])
    expect(none.rows.map(({status, title}) => [status, title])).toEqual([['PASS', 'Nothing was found']])
    expect(await readdir(join(stage.door.stateFolder, 'audits'))).toEqual(['simulated-111122223333.json'])
  })

  test('of another account, of a real one and of another scenario are not taken for these', async () => {
    await keep(reportOf([passed]))
    const others = [{account: '999999999999'}, {simulated: false}, {scenario: 'demo'}, {scenario: './x.json'}]
    for (const other of others) {
      await keepAudit(stage.door.stateFolder, {...ACCOUNT, ...other}, toKeptAudit(reportOf([failed])))
    }

    const {rows} = await lookBy(findingReader(stage.door))

    expect(rows.map(({status}) => status)).toEqual(['PASS'])
    expect(await readdir(join(stage.door.stateFolder, 'audits'))).toHaveLength(1 + others.length)
  })

  test('what is kept is bounded, and a damaged file is told with what replaces it', async () => {
    const many = Array.from({length: 1200}, (_, at) => findingOf({aspect: `key ${at}`}))
    const file = await keep(reportOf(many))
    const {findings, more} = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, '{"schemaVersion":1')

    expect([findings.length, more]).toEqual([1000, 200])
    await expect(lookBy(findingReader(stage.door))).rejects.toMatchObject({
      ...{code: 'AUDIT_UNREADABLE', actions: ['bedrockctl audit run']},
    })
  })
})
