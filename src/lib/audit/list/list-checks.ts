import {actionsOf, withDependencies} from '../../account/reads.js'
import type {Check} from '../check.js'
import {CATALOGUE_AS_OF} from '../checks/all-checks.js'
import type {AuditChecks} from './audit-checks.schema.js'

/** The checks, with the IAM actions behind their reads. */
export function listChecks(checks: readonly Check[]): AuditChecks {
  return {
    schemaVersion: 1,
    simulated: false,
    unread: [],
    catalogueAsOf: CATALOGUE_AS_OF,
    checks: checks.map(({judge: _, ...check}) => ({...check, actions: actionsOf(withDependencies(check.reads))})),
  }
}
