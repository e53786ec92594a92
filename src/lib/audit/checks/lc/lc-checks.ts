import type {Check} from '../../check.js'
import {modelEndOfLifeCheck} from './lc-01-model-end-of-life.js'
import {pinnedModelCheck} from './lc-02-pinned-model.js'
import {declaredModelAccessCheck} from './lc-03-declared-model-access.js'

export const LC_CHECKS: readonly Check[] = [modelEndOfLifeCheck, pinnedModelCheck, declaredModelAccessCheck]
