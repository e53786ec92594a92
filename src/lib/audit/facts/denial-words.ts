import type {Explanation, PolicyPlace} from '../../iam/explanation.js'

const LAYERS: Readonly<Record<PolicyPlace['layer'], string>> = {
  identity: 'its own policies',
  boundary: 'its permissions boundary',
  session: 'the session policy',
  scp: 'the service control policies',
  rcp: 'the resource control policies',
  resource: 'the policy of the resource',
  endpoint: 'the policy of the VPC endpoint',
}

/** Layers whose words stand in the plural. */
const MANY: readonly PolicyPlace['layer'][] = ['identity', 'scp', 'rcp']

/** Which layer, policy and statement deny something, as a clause. */
export function denialWords({denial, reasons, nearMisses}: Explanation): string {
  const [first] = reasons
  if (first === undefined) return denial === 'explicit' ? 'it is denied' : 'nothing allows it'
  if (first.role === 'denies') return `statement ${first.statement} of ${placeWords(first)} denies it`
  const misses = nearMisses.filter(({layer}) => layer === first.layer)
  // The resource already fits where a condition is what fails.
  const near = misses.find(({failed}) => failed === 'condition') ?? misses[0]
  const almost = near
    ? ` (nearest: statement ${near.statement} of ${near.policy}, whose ${near.failed} is ${near.subject})`
    : ''
  const where = first.level === null ? LAYERS[first.layer] : `${LAYERS[first.layer]} at ${first.level}`
  return `${where} ${MANY.includes(first.layer) ? 'do' : 'does'} not allow it${almost}`
}

function placeWords({layer, level, policy}: PolicyPlace): string {
  if (policy === null) return LAYERS[layer]
  if (layer === 'scp') return `service control policy ${policy}${level === null ? '' : ` at ${level}`}`
  if (layer === 'boundary') return `permissions boundary ${policy}`
  if (layer === 'endpoint') return `the policy of VPC endpoint ${policy}`
  return `policy ${policy}`
}
