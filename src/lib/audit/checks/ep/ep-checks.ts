import type {Check} from '../../check.js'
import {endpointZonesCheck} from './ep-06-endpoint-zones.js'
import {endpointStateCheck} from './ep-09-endpoint-state.js'

export const EP_CHECKS: readonly Check[] = [endpointZonesCheck, endpointStateCheck]
