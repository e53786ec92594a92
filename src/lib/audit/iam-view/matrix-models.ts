import {findCallTarget, targetId} from '../../iam/account/call-targets.js'
import type {CallTarget} from '../../iam/legs/target.js'
import type {AuditContext} from '../audit-context.js'
import {regionsOfAccount} from '../facts/bedrock-grade.js'
import type {MatrixModel} from './audit-iam.schema.js'

/** A column: a model in a Region, and what a call to it is. */
export interface Column {
  readonly model: MatrixModel
  /** Undefined when the snapshot does not tell. */
  readonly target: CallTarget | undefined
}

const ROUTES: Readonly<Record<CallTarget['kind'], MatrixModel['route']>> = {
  model: 'in-region',
  'geographic-profile': 'geographic',
  'global-profile': 'global',
  'application-profile': 'application-profile',
  'own-model': 'own-model',
}

/** Models that are declared or seen, each once a Region; those that are declared first. */
export function matrixColumns(context: AuditContext): readonly Column[] {
  const found = new Map<string, Omit<Column, 'model'> & {readonly model: Omit<MatrixModel, 'label'>}>()
  for (const region of regionsOfAccount(context)) {
    for (const {id, workloads} of context.use.in(region).models) {
      const target = findCallTarget(context.snapshot, region, id)
      const key = `${region} ${target === undefined ? id : `${target.kind} ${targetId(target)}`}`
      const known = found.get(key)
      const declared = workloads.length > 0 || known?.model.declared === true
      found.set(key, {target, model: {...modelOf(id, region, target), declared}})
    }
  }
  const order = ({model}: {readonly model: Omit<MatrixModel, 'label'>}) => (model.declared ? 0 : 1)
  return [...found.values()]
    .sort((a, b) => order(a) - order(b))
    .map(({model, target}, index) => ({target, model: {label: labelOf(index), ...model}}))
}

function modelOf(id: string, region: string, target: CallTarget | undefined): Omit<MatrixModel, 'label' | 'declared'> {
  return {
    id: target === undefined ? id : targetId(target),
    region,
    route: target === undefined ? 'unknown' : ROUTES[target.kind],
    destinations: target?.kind === 'geographic-profile' ? [...(target.destinations ?? [])] : [],
  }
}

/** A, B, …, Z, AA, AB, … */
function labelOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : `${labelOf(Math.floor(index / 26) - 1)}${last}`
}
