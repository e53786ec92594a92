import type {ActionFacts, IamFacts, ServiceFacts} from './iam-facts.schema.js'

interface ServiceIndex {
  readonly service: ServiceFacts
  /** By name in lower case. */
  readonly actions: ReadonlyMap<string, ActionFacts>
}

const indexes = new WeakMap<IamFacts, ReadonlyMap<string, ServiceIndex>>()

/** The service behind a prefix in lower case; undefined when the facts do not hold it. */
export function findService(facts: IamFacts, prefix: string): ServiceFacts | undefined {
  return indexOf(facts).get(prefix)?.service
}

/** The action `service:name`, in any case; undefined when the facts do not hold it. */
export function findAction(facts: IamFacts, action: string): ActionFacts | undefined {
  const [prefix = '', name = ''] = action.toLowerCase().split(':')
  return indexOf(facts).get(prefix)?.actions.get(name)
}

/**
 * Whether AWS documents the key for the action. Keys of all services (`aws:`) and actions the facts do not hold count as
 * documented: nothing is known against them.
 */
export function isDocumentedKey(facts: IamFacts, action: string, key: string): boolean {
  const wanted = key.toLowerCase()
  const found = findAction(facts, action)
  const service = findService(facts, action.toLowerCase().split(':')[0] ?? '')
  if (wanted.startsWith('aws:') || found === undefined || service === undefined) return true
  return documentedKeys(service, found).some((documented) => isKeyOf(documented, wanted))
}

function documentedKeys(service: ServiceFacts, action: ActionFacts): readonly string[] {
  const types = [...(action.resources ?? []), ...(action.optionalResources ?? [])]
  const ofTypes = service.resourceTypes.filter(({name}) => types.includes(name))
  return [...(action.conditionKeys ?? []), ...ofTypes.flatMap(({conditionKeys}) => conditionKeys ?? [])]
}

/** A documented key may end with a part to fill in, such as `${TagKey}`. */
function isKeyOf(documented: string, key: string): boolean {
  const lower = documented.toLowerCase()
  const open = lower.indexOf('${')
  return open === -1 ? lower === key : key.startsWith(lower.slice(0, open))
}

function indexOf(facts: IamFacts): ReadonlyMap<string, ServiceIndex> {
  const known = indexes.get(facts)
  if (known !== undefined) return known
  const index = new Map(
    facts.services.map((service) => {
      const actions = new Map(service.actions.map((action) => [action.name.toLowerCase(), action]))
      return [service.prefix, {service, actions}] as const
    }),
  )
  indexes.set(facts, index)
  return index
}
