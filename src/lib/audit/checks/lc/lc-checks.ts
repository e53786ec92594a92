import type {Check} from '../../check.js'
import {modelEndOfLifeCheck} from './lc-01-model-end-of-life.js'
import {declaredModelAccessCheck} from './lc-03-declared-model-access.js'

export const LC_CHECKS: readonly Check[] = [modelEndOfLifeCheck, declaredModelAccessCheck]
