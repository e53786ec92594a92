import type {Check} from '../../check.js'
import {runtimeNetworkCheck} from './ag-08-runtime-network.js'

export const AG_CHECKS: readonly Check[] = [runtimeNetworkCheck]
