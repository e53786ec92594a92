import type {CompiledPolicy} from '../../iam/compile-policy.js'
import type {Missing} from '../finding.schema.js'

/** A document that AWS would refuse: where it is wrong, as what is missing for a verdict; `action` shows the document. */
export function refusalOf({problems}: Pick<CompiledPolicy, 'problems'>, action: string): Missing {
  const first = problems.find(({severity}) => severity === 'error')
  return {action, code: 'REFUSED_POLICY', reason: `AWS would refuse the policy at ${first?.path}: ${first?.message}`}
}
