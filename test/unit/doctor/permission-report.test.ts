import {expect, test} from 'vitest'
import type {Permission} from '../../../src/lib/doctor/doctor.schema.js'
import {judgePermissions, neededActions, reportCommands} from '../../../src/lib/doctor/permission-report.js'

const COMMANDS = [
  {command: 'models list', permissions: ['bedrock:ListFoundationModels']},
  {
    command: 'models access request',
    permissions: ['bedrock:CreateFoundationModelAgreement', 'bedrock:ListFoundationModels'],
  },
  {command: 'catalog show', permissions: []},
]

function permission(action: string, state: Permission['state']): Permission {
  return {action, state, reason: null}
}

test('each action is asked about once, whichever commands need it', () => {
  expect(neededActions(COMMANDS)).toEqual(['bedrock:CreateFoundationModelAgreement', 'bedrock:ListFoundationModels'])
})

test('a command misses what is denied; what nobody tried is said apart', () => {
  const permissions = [
    permission('bedrock:ListFoundationModels', 'denied'),
    permission('bedrock:CreateFoundationModelAgreement', 'not-probed'),
  ]

  const report = reportCommands(COMMANDS, permissions)

  expect(report).toEqual([
    {
      command: 'models access request',
      missing: ['bedrock:ListFoundationModels'],
      unknown: [],
      notProbed: ['bedrock:CreateFoundationModelAgreement'],
    },
    {command: 'models list', missing: ['bedrock:ListFoundationModels'], unknown: [], notProbed: []},
  ])
  expect(judgePermissions(report, permissions)).toMatchObject({
    status: 'warn',
    detail: expect.stringContaining('2 of 2 commands'),
  })
})

test('an action nobody answered for is unknown, not allowed', () => {
  const report = reportCommands(COMMANDS, [])

  expect(report[1]?.unknown).toEqual(['bedrock:ListFoundationModels'])
})

test('permissions are unknown as long as one of them is', () => {
  const permissions = [permission('bedrock:ListFoundationModels', 'unknown')]

  expect(judgePermissions(reportCommands(COMMANDS, permissions), permissions)).toMatchObject({status: 'unknown'})
})
