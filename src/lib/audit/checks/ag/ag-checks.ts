import type {Check} from '../../check.js'
import {agentGuardrailCheck} from './ag-01-agent-guardrail.js'
import {agentRolePrivilegesCheck} from './ag-02-agent-role-privileges.js'
import {sharedAgentRoleCheck} from './ag-03-shared-agent-role.js'
import {flowGuardrailCheck} from './ag-06-flow-guardrail.js'
import {runtimeNetworkCheck} from './ag-08-runtime-network.js'
import {gatewayAuthorizerCheck} from './ag-09-gateway-authorizer.js'

export const AG_CHECKS: readonly Check[] = [
  agentGuardrailCheck,
  agentRolePrivilegesCheck,
  sharedAgentRoleCheck,
  flowGuardrailCheck,
  runtimeNetworkCheck,
  gatewayAuthorizerCheck,
]
