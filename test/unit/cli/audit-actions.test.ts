import {expect, test} from 'vitest'
import {actionsOf, withDependencies} from '../../../src/lib/account/reads.js'
import {ALL_CHECKS} from '../../../src/lib/audit/checks/all-checks.js'
import {readsOfChecks} from '../../../src/lib/audit/select-checks.js'
import {ENDPOINT_ACTIONS, ENDPOINT_READS, IAM_ACTIONS, IAM_READS} from '../../../src/lib/cli/audit-actions.js'
import {REGION_ACTIONS} from '../../../src/lib/cli/permissions.js'
import {SNAPSHOT_ACTIONS} from '../../../src/lib/cli/snapshot-actions.js'

const ALWAYS = [...REGION_ACTIONS, 'sts:GetCallerIdentity']

test.each([
  ['audit endpoints', 'EP', ENDPOINT_READS, ENDPOINT_ACTIONS],
  ['audit iam', 'IAM', IAM_READS, IAM_ACTIONS],
] as const)('%s names what its checks and its matrix read, and nothing else', (_, family, reads, named) => {
  const checks = ALL_CHECKS.filter((check) => check.family === family)
  const needed = actionsOf(withDependencies([...readsOfChecks(checks), ...reads]))

  expect(named).toEqual([...new Set([...needed, ...ALWAYS])].sort())
})

test('an audit by every check names no action that a snapshot does not', () => {
  const needed = actionsOf(withDependencies(readsOfChecks(ALL_CHECKS)))

  // Mantle is recorded as not supported: nothing calls it.
  const called = needed.filter((action) => !action.startsWith('bedrock-mantle:'))
  expect(called.filter((action) => !SNAPSHOT_ACTIONS.includes(action))).toEqual([])
})
