import {READ_IDS, withDependencies} from '../account/reads.js'
import type {ReadId} from '../account/snapshot.schema.js'
import {didYouMean} from '../core/closest.js'
import {usageError} from '../core/errors.js'
import type {Check} from './check.js'
import type {Family, Severity} from './finding.schema.js'

export interface CheckSelection {
  /** Empty: every family; the same for the others. All given must hold. */
  readonly families: readonly Family[]
  /** As typed, in any case. */
  readonly ids: readonly string[]
  readonly severities: readonly Severity[]
}

/** The checks asked for, in the order of the catalogue. Every unknown id is named at once. */
export function selectChecks(all: readonly Check[], {families, ids, severities}: CheckSelection): readonly Check[] {
  const wanted = new Set(ids.map((id) => id.toUpperCase()))
  const known = all.map(({id}) => id)
  const strange = [...wanted].filter((id) => !known.includes(id))
  if (strange.length > 0) {
    throw usageError('UNKNOWN_CHECK', `There is no check ${strange.join(', ')}.`, {
      hint: didYouMean(strange[0] ?? '', known) ?? 'The catalogue has them all.',
      actions: ['bedrockctl audit checks'],
    })
  }
  const elsewhere = all.filter(({id, family}) => wanted.has(id) && families.length > 0 && !families.includes(family))
  if (wanted.size > 0 && elsewhere.length === wanted.size) {
    const list = elsewhere.map(({id}) => id).join(',')
    throw usageError('NO_CHECK_SELECTED', `${list} is not of family ${families.join(' or ')}, which is judged here.`, {
      hint: 'Judge it in an audit of every family.',
      actions: [`bedrockctl audit run --check ${list}`],
    })
  }
  const selected = all.filter(
    ({id, family, severity}) =>
      (wanted.size === 0 || wanted.has(id)) &&
      (families.length === 0 || families.includes(family)) &&
      (severities.length === 0 || severities.includes(severity)),
  )
  if (selected.length > 0) return selected
  throw usageError('NO_CHECK_SELECTED', 'No check is of all that was asked for.', {
    hint: 'Leave out --family, --check or --severity.',
    actions: ['bedrockctl audit checks'],
  })
}

/** What every audit looks at to know what is used. */
const USE: readonly ReadId[] = ['cloudwatch:bedrock-usage', 'cloudtrail:bedrock-events']

/** What must be read for the checks, in the order of the registry. */
export function readsOfChecks(checks: readonly Check[]): readonly ReadId[] {
  const needed = new Set(withDependencies([...USE, ...checks.flatMap(({reads}) => reads)]))
  return READ_IDS.filter((id) => needed.has(id))
}
