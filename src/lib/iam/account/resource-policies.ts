import {type Reading, read, readPart} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import {type Arn, parseArn} from '../../core/arn.js'
import type {IamFacts} from '../iam-facts.schema.js'
import type {PolicySet} from '../policy-layers.js'
import type {AccountPrincipal} from './account-principal.js'
import {unreadReason} from './control-levels.js'
import type {PolicyLibrary} from './policy-library.js'

/** Services whose resources carry no policy of their own; neither do those of Bedrock, save the ones looked up here. */
const WITHOUT_POLICIES = ['aws-marketplace', 'cloudwatch', 'ec2', 'iam', 'servicequotas', 'sts']

/** The policy of a resource as a reading: null when it has none. */
type PolicyReading = Reading<string | null>

const NONE: PolicyReading = {state: 'read', value: null}

/** Finds the policies on resources that a snapshot holds; each is looked up once. */
export class ResourcePolicies {
  readonly #snapshot: AccountSnapshot
  readonly #library: PolicyLibrary
  readonly #findRole: (arn: string) => AccountPrincipal | undefined
  readonly #withoutPolicies: ReadonlySet<string>
  readonly #known = new Map<string, PolicySet | null>()

  constructor(
    snapshot: AccountSnapshot,
    library: PolicyLibrary,
    findRole: (arn: string) => AccountPrincipal | undefined,
    facts: IamFacts,
  ) {
    this.#snapshot = snapshot
    this.#library = library
    this.#findRole = findRole
    this.#withoutPolicies = new Set([...WITHOUT_POLICIES, ...facts.services.map(({prefix}) => prefix)])
  }

  find(text: string): PolicySet | null {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const found = this.#look(text)
    this.#known.set(text, found)
    return found
  }

  #look(text: string): PolicySet | null {
    const arn = parseArn(text)
    if (arn === undefined) return null
    const {account} = this.#snapshot.caller
    if (arn.account !== '' && arn.account !== 'aws' && arn.account !== account) {
      return unreadSet(`the policies of account ${arn.account} are not in the snapshot`)
    }
    if (arn.service === 'iam' && arn.resource.startsWith('role/')) return this.#trustOf(text)
    if (arn.service === 'logs') return this.#logPolicies(arn.region)
    const found = policyOf(this.#snapshot, arn, text, this.#withoutPolicies)
    if (found.state === 'unread') return unreadSet(unreadReason(found))
    return found.value === null
      ? null
      : {policies: [this.#library.policy(`policy of ${text}`, found.value, 'resource')], unread: []}
  }

  #trustOf(arn: string): PolicySet {
    const role = this.#findRole(arn)
    if (role === undefined || role.trust === null) return unreadSet(`the trust policy of ${arn} was not read`)
    return {policies: [role.trust], unread: []}
  }

  /** They stand in the Region, not on a log group. */
  #logPolicies(region: string): PolicySet {
    const found = read(this.#snapshot, 'logs:resource-policies', region)
    if (found.state === 'unread') return unreadSet(unreadReason(found))
    const policies = found.value.flatMap(({name, document}) =>
      document === null ? [] : [this.#library.policy(name, document, 'resource')],
    )
    return {policies, unread: []}
  }
}

/** The account behind an ARN that names none; undefined when the ARN has to decide. */
export function ownerOfBucket(snapshot: AccountSnapshot, text: string): string | undefined {
  const arn = parseArn(text)
  if (arn?.service !== 's3') return undefined
  const bucket = findBucket(snapshot, arn)
  // S3 shows the policy of a bucket to nobody but its owner.
  return bucket.state === 'read' && bucket.value?.policy.status === 'read' ? snapshot.caller.account : undefined
}

function unreadSet(reason: string): PolicySet {
  return {policies: [], unread: [reason]}
}

function policyOf(
  snapshot: AccountSnapshot,
  arn: Arn,
  text: string,
  withoutPolicies: ReadonlySet<string>,
): PolicyReading {
  const [type = '', id = '', ...rest] = arn.resource.split('/')
  switch (`${arn.service} ${type}`) {
    case 'bedrock guardrail':
      return policyIn(read(snapshot, 'bedrock:guardrails', arn.region), (one) => one.id === id)
    case 'bedrock knowledge-base':
      return policyIn(read(snapshot, 'bedrock-agent:knowledge-bases', arn.region), (one) => one.id === id)
    case 'bedrock-agentcore runtime':
      return rest.length > 0
        ? notHeld(`the policy of ${text} is not read`)
        : policyIn(read(snapshot, 'bedrock-agentcore:runtimes', arn.region), (one) => one.id === id)
    case 'bedrock-agentcore gateway':
      return policyIn(read(snapshot, 'bedrock-agentcore:gateways', arn.region), (one) => one.id === id)
  }
  if (arn.service === 's3') return bucketPolicy(snapshot, arn)
  if (arn.service === 'kms') return keyPolicy(snapshot, arn, text)
  return withoutPolicies.has(arn.service) ? NONE : notHeld(`policies on resources of ${arn.service} are not read`)
}

interface WithPolicy {
  readonly resourcePolicy: Parameters<typeof readPart<string | null>>[0]
}

/** What the list does not hold does not exist, and has no policy. */
function policyIn<Item extends WithPolicy>(
  list: Reading<readonly Item[]>,
  matches: (item: Item) => boolean,
): PolicyReading {
  if (list.state === 'unread') return list
  const found = list.value.find(matches)
  return found ? readPart(found.resourcePolicy) : NONE
}

function findBucket(snapshot: AccountSnapshot, {resource}: Arn) {
  const buckets = read(snapshot, 's3:buckets')
  if (buckets.state === 'unread') return buckets
  const name = resource.split('/')[0]
  return {state: 'read', value: buckets.value.find((bucket) => bucket.name === name)} as const
}

function bucketPolicy(snapshot: AccountSnapshot, arn: Arn): PolicyReading {
  const bucket = findBucket(snapshot, arn)
  if (bucket.state === 'unread') return bucket
  if (bucket.value === undefined) return notHeld(`the snapshot does not hold the bucket of ${arn.resource}`)
  return readPart(bucket.value.policy)
}

function keyPolicy(snapshot: AccountSnapshot, {region}: Arn, text: string): PolicyReading {
  const keys = read(snapshot, 'kms:keys', region)
  if (keys.state === 'unread') return keys
  const found = keys.value.find(
    ({id, detail}) => id === text || (detail.status === 'read' && detail.value?.arn === text),
  )
  return found ? readPart(found.policy) : notHeld(`the snapshot does not hold the key ${text}`)
}

function notHeld(reason: string): PolicyReading {
  return {state: 'unread', status: 'skipped', action: 'snapshot', code: 'NOT_COLLECTED', reason}
}
