import {readFileSync} from 'node:fs'
import {beforeAll, describe, expect, test} from 'vitest'
import {createAuditContext} from '../../../src/lib/audit/audit-context.js'
import {ALL_CHECKS} from '../../../src/lib/audit/checks/all-checks.js'
import type {Finding} from '../../../src/lib/audit/finding.schema.js'
import {runAudit} from '../../../src/lib/audit/run-audit.js'
import {readsOfChecks} from '../../../src/lib/audit/select-checks.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {readProject} from '../../../src/lib/config/read-project.js'
import {readIamFacts} from '../../../src/lib/iam/read-iam-facts.js'
import {startSandbox} from '../../../src/lib/sandbox/sandbox.js'
import {takeSnapshot} from '../../support/take-snapshot.js'

// Whole accounts, read over the wire and judged by every check.

let misconfigured: readonly Finding[]
let clean: readonly Finding[]

beforeAll(async () => {
  misconfigured = await audit('misconfigured')
  clean = await audit('clean')
}, 60_000)

async function audit(scenario: string): Promise<readonly Finding[]> {
  const sandbox = await startSandbox({scenario})
  try {
    const {project} = await readProject(`data/sandbox/projects/${scenario}.yaml`, '.')
    const models = project.workloads.flatMap((workload) => workload.models)
    const snapshot = await takeSnapshot(sandbox, readsOfChecks(ALL_CHECKS), project.regions, {models})
    const context = createAuditContext({snapshot, project, catalog: await openCatalog(), iam: readIamFacts()})
    const today = snapshot.takenAt.slice(0, 10)
    const options = {toolVersion: '0.0.0', snapshotFile: null, projectFile: null, failOnUnknown: false, today}
    return runAudit(context, {...options, checks: ALL_CHECKS}).findings
  } finally {
    await sandbox.close()
  }
}

/** Ids in any `shows` of the scenario: what a resource was set up to fail. */
function shown(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(shown)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => (key === 'shows' ? (member as string[]) : shown(member)))
}

const SHOWN = [...new Set(shown(JSON.parse(readFileSync('data/sandbox/scenarios/misconfigured.json', 'utf8'))))].sort()

describe('misconfigured', () => {
  test.each(SHOWN)('%s fails', (id) => {
    const said = misconfigured.filter(({check}) => check === id)

    expect(said.map(({verdict}) => verdict)).toContain('FAIL')
  })
})

describe('clean', () => {
  test.each(ALL_CHECKS.map(({id}) => id))('%s finds nothing', (id) => {
    const said = clean.filter(({check, verdict}) => check === id && (verdict === 'FAIL' || verdict === 'UNKNOWN'))

    expect(said.map(({verdict, region, resource, message}) => [verdict, region, resource.id, message])).toEqual([])
  })
})
