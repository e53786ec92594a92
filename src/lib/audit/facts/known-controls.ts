import type {Actor} from '../../iam/legs/judge-call.js'
import type {ControlLevel} from '../../iam/policy-layers.js'

/** The actor under the control policies that were read: those that only the organisation may read leave nothing open. */
export function underKnownControls(actor: Actor): Actor {
  const {scp, rcp} = actor.layers
  return {...actor, layers: {...actor.layers, scp: knownOf(scp), rcp: knownOf(rcp)}}
}

function knownOf(levels: readonly ControlLevel[] | null): readonly ControlLevel[] | null {
  const known = (levels ?? []).filter(({policies}) => policies.length > 0)
  return known.length === 0 ? null : known.map((level) => ({...level, unread: []}))
}
