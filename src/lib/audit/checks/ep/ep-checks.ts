import type {Check} from '../../check.js'
import {privatePathCheck} from './ep-01-private-path.js'
import {privateDnsCheck} from './ep-02-private-dns.js'
import {endpointPolicyCheck} from './ep-03-endpoint-policy.js'
import {outsiderCheck} from './ep-04-outsiders.js'
import {workloadLegsCheck} from './ep-05-workload-legs.js'
import {endpointZonesCheck} from './ep-06-endpoint-zones.js'
import {endpointIngressCheck} from './ep-07-endpoint-ingress.js'
import {endpointStateCheck} from './ep-09-endpoint-state.js'
import {privateOnlyCheck} from './ep-10-private-only.js'

export const EP_CHECKS: readonly Check[] = [
  privatePathCheck,
  privateDnsCheck,
  endpointPolicyCheck,
  outsiderCheck,
  workloadLegsCheck,
  endpointZonesCheck,
  endpointIngressCheck,
  endpointStateCheck,
  privateOnlyCheck,
]
