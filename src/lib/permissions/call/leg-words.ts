import type {LegVerdict, Outcome, PolicyPlaceOf} from './call.schema.js'

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {ALLOW: 'allowed', DENY: 'DENIED', UNKNOWN: 'unknown'}

const LAYER_WORDS: Readonly<Record<PolicyPlaceOf['layer'], string>> = {
  identity: 'identity',
  boundary: 'boundary',
  session: 'session policy',
  scp: 'SCP',
  rcp: 'RCP',
  resource: 'resource policy',
  endpoint: 'endpoint policy',
}

export function outcomeWord(outcome: Outcome): string {
  return OUTCOME_WORDS[outcome]
}

/** `SCP at Root (r-1), DenyRegions (p-1) / OnlyEurope`. */
export function layerWords({layer, level, policy, statement}: PolicyPlaceOf): string {
  const where = `${LAYER_WORDS[layer]}${level === null ? '' : ` at ${level}`}`
  if (policy === null) return where
  return `${where}, ${policy}${statement === null ? '' : ` / ${statement}`}`
}

/** What keeps a verdict open. */
export function gapWords(gap: LegVerdict['gaps'][number]): string {
  return `${layerWords(gap)}: ${gap.subject}`
}

/** What a reason says of a leg. */
export function causeWords(reason: PolicyPlaceOf & {readonly role: string}): string {
  if (reason.role !== 'does-not-allow') return layerWords(reason)
  const {layer, level} = reason
  if (layer === 'identity') return 'no identity policy allows it'
  return level === null
    ? `the ${LAYER_WORDS[layer]} does not allow it`
    : `no ${LAYER_WORDS[layer]} at ${level} allows it`
}

/** The reason that tells most: what denies, else what grants rather than what merely does not stand in the way. */
export function decisive({reasons, outcome}: LegVerdict): LegVerdict['reasons'][number] | undefined {
  if (outcome !== 'ALLOW') return reasons[0]
  return (
    reasons.find(({layer}) => layer === 'identity') ?? reasons.find(({layer}) => layer === 'resource') ?? reasons[0]
  )
}

/** What decided a leg, in a line. */
export function reasonWords(leg: LegVerdict): string {
  const reason = decisive(leg)
  if (reason !== undefined) {
    return causeWords(reason)
  }
  if (leg.outcome === 'DENY') return 'nothing allows it'
  const [gap] = leg.gaps
  return leg.doubt ?? (gap ? gapWords(gap) : 'not known')
}
