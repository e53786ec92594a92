import type {AuditContext} from '../../audit-context.js'
import type {Judged} from '../../check.js'
import {regionPlace} from '../../judge-resource.js'

/** Said where a check judges declared workloads in VPCs and there is none. */
export function noWorkloads({project}: AuditContext): Judged {
  const message =
    project.workloads.length === 0
      ? 'bedrockctl.yaml declares no workload: workloads.'
      : 'No workload in bedrockctl.yaml says in which VPC it runs: workloads[].vpc.'
  return {...regionPlace('global'), verdict: 'NOT_APPLICABLE', message}
}
