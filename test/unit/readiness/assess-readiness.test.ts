import {describe, expect, test} from 'vitest'
import type {AuditReport} from '../../../src/lib/audit/audit-report.schema.js'
import type {Check} from '../../../src/lib/audit/check.js'
import type {Finding} from '../../../src/lib/audit/finding.schema.js'
import {runAudit} from '../../../src/lib/audit/run-audit.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {assessReadiness} from '../../../src/lib/readiness/assess-readiness.js'
import {readinessSchema} from '../../../src/lib/readiness/readiness.schema.js'
import {contextOf} from '../../support/audit-case.js'

const CATALOG = await openCatalog()
const [FEATURES, PRICES] = await Promise.all([CATALOG.features(), CATALOG.prices()])

const MODEL = 'amazon.nova-lite-v1:0'
const PLAN = {
  regions: ['eu-central-1'],
  workloads: [{name: 'app', models: [MODEL], dataClass: 'internal'}],
  features: ['guardrails'],
  placement: {internal: ['bedrock']},
  owners: {network: 'platform team'},
}
const READS = {'bedrock:foundation-models': {'eu-central-1': [{id: MODEL, inferenceTypes: ['ON_DEMAND']}]}}

const PROFILE_ONLY = {
  'bedrock:foundation-models': {'eu-central-1': [{id: MODEL, inferenceTypes: ['INFERENCE_PROFILE']}]},
}

interface Given {
  readonly project?: Readonly<Record<string, unknown>>
  readonly reads?: Readonly<Record<string, unknown>>
  readonly findings?: readonly (readonly [string, Finding['verdict'], Finding['severity']])[]
}

function assess({project = PLAN, reads = READS, findings = [['EP-01', 'PASS', 'high']]}: Given) {
  const context = contextOf({project, reads})
  const checks = findings.map(([id, verdict, severity], index): Check => {
    const family = id.split('-')[0] as Check['family']
    const about = {region: 'eu-central-1', resource: {type: 'thing', id: `${index}`}, message: 'm'}
    const words = {title: 't', why: 'w', resource: 'thing', failsWhen: 'f', reads: [], references: []}
    const missing = [{action: 'ec2:DescribeVpcs', code: 'ACCESS_DENIED', reason: 'denied'}]
    return {id, family, severity, ...words, judge: () => [{...about, verdict: verdict as 'FAIL', missing}]}
  })
  const files = {snapshotFile: null, projectFile: null}
  const report: AuditReport = runAudit(context, {
    checks,
    ...files,
    toolVersion: '1.0.0',
    failOnUnknown: false,
    today: '2026-11-21',
  })
  const {snapshot, project: declared} = context
  const facts = {snapshot, project: declared, catalog: CATALOG, features: FEATURES, prices: PRICES}
  return assessReadiness({report, ...facts, failIfNotReady: true})
}

function gateOf(given: Given, id: string) {
  return assess(given).gates.find((gate) => gate.id === id)
}

describe('the page', () => {
  test('is READY when every gate is, or has nothing to judge', () => {
    const page = assess({})

    expect(readinessSchema.safeParse(page).error).toBeUndefined()
    expect(page.answer).toBe('READY')
    expect(page.gate?.passed).toBe(true)
  })

  test.each([
    ['a high failure', [['EP-01', 'FAIL', 'high']], 'NOT_READY', false],
    ['a medium failure', [['EP-06', 'FAIL', 'medium']], 'READY_WITH_ACTIONS', true],
    ['something unknown', [['EP-01', 'UNKNOWN', 'high']], 'INSUFFICIENT_DATA', false],
    [
      'a medium failure and something unknown',
      [
        ['EP-06', 'FAIL', 'medium'],
        ['EP-01', 'UNKNOWN', 'low'],
      ],
      'INSUFFICIENT_DATA',
      false,
    ],
    [
      'a high failure and something unknown',
      [
        ['EP-01', 'FAIL', 'critical'],
        ['EP-02', 'UNKNOWN', 'low'],
      ],
      'NOT_READY',
      false,
    ],
    [
      'an accepted failure',
      [
        ['EP-01', 'MUTED', 'high'],
        ['EP-02', 'PASS', 'high'],
      ],
      'READY',
      true,
    ],
  ] as const)('with %s is what its worst gate is', (_, findings, answer, passed) => {
    const page = assess({findings})

    expect([page.answer, page.gate?.passed]).toEqual([answer, passed])
  })

  test('names the owner, the action and the effort of a gate', () => {
    expect(gateOf({findings: [['EP-01', 'FAIL', 'high']]}, 'private-path')).toMatchObject({
      owner: 'platform team',
      effort: 'days',
      actions: [{check: 'EP-01', what: 'm'}],
    })
  })

  test('puts a check to the gate that names it, before the one of its family', () => {
    expect(gateOf({findings: [['IAM-06', 'FAIL', 'high']]}, 'residency')?.answer).toBe('NOT_READY')
    expect(gateOf({findings: [['IAM-06', 'FAIL', 'high']]}, 'permissions')?.answer).toBe('NOT_APPLICABLE')
  })
})

describe('the plan', () => {
  test('that is not declared cannot be judged', () => {
    expect(assess({project: {}}).answer).toBe('INSUFFICIENT_DATA')
  })

  test.each([
    ['a model that the Region offers', READS, 'READY'],
    ['a model that the Region does not offer', {}, 'NOT_READY'],
    ['a model that is called through profiles only', PROFILE_ONLY, 'NOT_READY'],
    ['models that were not read', {'bedrock:foundation-models': {unread: 'denied'}}, 'INSUFFICIENT_DATA'],
  ])('%s', (_, reads, answer) => {
    expect(gateOf({reads}, 'models')?.answer).toBe(answer)
  })

  test.each([
    ['a feature that is offered', ['guardrails'], 'READY'],
    ['a feature that takes no new customers', ['agents'], 'NOT_READY'],
    ['a feature that nobody knows', ['telepathy'], 'INSUFFICIENT_DATA'],
  ])('%s', (_, features, answer) => {
    expect(gateOf({project: {...PLAN, features}}, 'features')?.answer).toBe(answer)
  })

  test.each([
    ['an import where it is offered', {name: 'm', method: 'import', regions: ['us-east-1']}, 'READY'],
    ['an import where it is not', {name: 'm', method: 'import', regions: ['eu-west-3']}, 'NOT_READY'],
    ['none', undefined, 'NOT_APPLICABLE'],
  ])('a custom model: %s', (_, model, answer) => {
    const customModels = model === undefined ? [] : [model]

    expect(gateOf({project: {...PLAN, customModels}}, 'custom-models')?.answer).toBe(answer)
  })

  test.each([
    ['nothing said of a class of data', {}, 'READY_WITH_ACTIONS'],
    ['a class that may not go to Bedrock', {internal: ['on-premises']}, 'NOT_READY'],
    ['a class that may', {internal: ['bedrock', 'eks']}, 'READY'],
  ])('the boundary: %s', (_, placement, answer) => {
    expect(gateOf({project: {...PLAN, placement}}, 'boundary')?.answer).toBe(answer)
  })
})
