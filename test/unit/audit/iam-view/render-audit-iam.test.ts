import {expect, test} from 'vitest'
import type {AuditIam, MatrixPrincipal} from '../../../../src/lib/audit/iam-view/audit-iam.schema.js'
import {auditIamView} from '../../../../src/lib/audit/iam-view/render-audit-iam.js'
import {widthOf} from '../../../../src/lib/output/wrap.js'
import {reportOf} from '../../../support/audit-report.js'

const SCREEN = {width: 80, color: false, interactive: true, unicode: true}
const PIPE = {width: Number.POSITIVE_INFINITY, color: false, interactive: false, unicode: true}

function principal(name: string, cells: MatrixPrincipal['cells']): MatrixPrincipal {
  return {arn: `arn:aws:iam::111122223333:role/${name}`, kind: 'role', name, declared: false, cells}
}

function resultOf(principals: readonly MatrixPrincipal[]): AuditIam {
  return {
    schemaVersion: 1,
    simulated: false,
    unread: [],
    kind: 'bedrockctl-audit-iam',
    models: [
      {label: 'A', id: 'm.one', region: 'eu-central-1', route: 'in-region', destinations: [], declared: true},
      {label: 'B', id: 'global.m.one', region: 'eu-central-1', route: 'global', destinations: [], declared: false},
    ],
    principals,
    unseen: ['cloudtrail:LookupEvents: denied'],
    report: reportOf([]),
  }
}

const ALLOWED = {model: 'A', outcome: 'allowed', streaming: 'allowed', leg: null, because: null} as const
const BLOCKED = {
  model: 'B',
  outcome: 'blocked',
  streaming: 'none',
  leg: 'model in any Region',
  because: 'statement RegionDeny of service control policy p-1 denies it',
} as const

const textOf = async (result: AuditIam, terminal: typeof SCREEN, all = false) =>
  (await auditIamView({all}).text?.(result, terminal)) ?? ''

test('a cell says what becomes of the call, and a numbered line below why', async () => {
  const text = await textOf(resultOf([principal('app', [ALLOWED, BLOCKED])]), SCREEN)

  expect(text).toMatch(/role\/app +yes +DENY\* 1/)
  expect(text).toContain('  1  model in any Region: statement RegionDeny')
  expect(text).toContain('In-Region')
  expect(text).toContain('Global')
  expect(text).toContain('not seen: cloudtrail:LookupEvents')
})

test('on a terminal rows are bounded, and the rest is a number', async () => {
  const many = Array.from({length: 40}, (_, at) => principal(`role-${at}`, [ALLOWED, BLOCKED]))

  const text = await textOf(resultOf(many), SCREEN)

  expect(text).toContain('and 15 more principals')
  expect(await textOf(resultOf(many), SCREEN, true)).not.toContain('more principals')
  expect(text.split('\n').filter((line) => widthOf(line) > 80)).toEqual([])
})

test('off a terminal names are whole, and control sequences of names go nowhere', async () => {
  const name = `${'long-'.repeat(12)}\u001B[31mred`

  const text = await textOf(resultOf([principal(name, [ALLOWED])]), PIPE)

  expect(text).toContain('long-'.repeat(12))
  expect(text).not.toContain('\u001B')
})

test('a machine gets one row for each principal and model', () => {
  const view = auditIamView({all: false})
  const result = resultOf([principal('app', [ALLOWED, BLOCKED])])

  const rows = view.rows(result).map((row) => view.columns(result).map(({value}) => value(row)))

  expect(rows.map((cells) => cells.slice(3, 8))).toEqual([
    ['m.one', 'eu-central-1', 'in-region', 'allowed', 'allowed'],
    ['global.m.one', 'eu-central-1', 'global', 'blocked', 'none'],
  ])
})

test('without models or principals it says so', async () => {
  const seen = {...resultOf([]), unseen: []}

  expect(await textOf({...seen, models: []}, SCREEN)).toContain('No model is declared or seen')
  expect(await textOf(seen, SCREEN)).toContain('Nobody may invoke a model')
})

test('an empty matrix is no answer where something was not read', async () => {
  const text = await textOf(resultOf([]), SCREEN)

  expect(text).toContain('Who may call what cannot be told')
  expect(text).not.toContain('Nobody')
})
