import {type Reading, read, readPart} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import type {AccountPolicies} from '../../iam/account/account-policies.js'
import {guardrailLegs} from '../../iam/legs/guardrail-legs.js'
import type {CallLeg, Leg} from '../../iam/legs/leg.js'
import {guardrailUse, splitVersion} from './find-guardrail.js'
import type {GuardrailProfiles} from './guardrail-profiles.schema.js'

/** A guardrail that account or organisation puts on calls, whatever they name themselves. */
interface Enforced {
  /** ARN. */
  readonly arn: string
  readonly version: string
  /** Null: every model. */
  readonly models: {readonly included: readonly string[]; readonly excluded: readonly string[]} | null
}

interface Matter {
  /** Foundation model that is called; null: none, or not known. */
  readonly modelId: string | null
  readonly region: string
  readonly snapshot: AccountSnapshot
  readonly policies: AccountPolicies
  readonly profiles: GuardrailProfiles
}

const SOURCE = {source: 'Bedrock User Guide, guardrails-enforcements', asOf: '2026-10-01'}

/**
 * What an invocation needs besides: an enforced guardrail is applied with the permissions of the caller. Where it was not
 * read whether one is enforced, a leg stays open.
 */
export function enforcedLegs(matter: Matter): readonly CallLeg[] {
  const {snapshot, region, policies, modelId} = matter
  const own = ofAccount(snapshot, region)
  const shared: Reading<readonly Enforced[]> =
    policies.organization === null ? {state: 'read', value: []} : ofOrganization(snapshot, region)
  return [own, shared].flatMap((reading): readonly CallLeg[] => {
    if (reading.state === 'unread') {
      const unknown = `whether a guardrail is enforced; ${reading.action}: ${reading.reason}`
      return [{kind: 'open', name: 'enforced guardrail', actor: 'caller', unknown}]
    }
    return reading.value.filter(({models}) => holdsFor(models, modelId)).flatMap((one) => legsOf(one, matter))
  })
}

function ofAccount(snapshot: AccountSnapshot, region: string): Reading<readonly Enforced[]> {
  const found = read(snapshot, 'bedrock:enforced-guardrails', region)
  if (found.state === 'unread') return found
  const value = found.value.map(({guardrailArn, guardrailVersion, models}) => {
    return {arn: splitVersion(guardrailArn).name, version: guardrailVersion, models}
  })
  return {state: 'read', value}
}

/** The effective Bedrock policy, as DescribeEffectivePolicy gives it: values without the operators of inheritance. */
function ofOrganization(snapshot: AccountSnapshot, region: string): Reading<readonly Enforced[]> {
  const all = read(snapshot, 'organizations:effective-policies')
  if (all.state === 'unread') return all
  const policy = all.value.find(({type}) => type === 'BEDROCK_POLICY')
  const answer = policy && readPart(policy.answer)
  if (answer?.state === 'unread') return answer
  const content = answer?.value?.content
  return {state: 'read', value: content === undefined ? [] : parsePolicy(content, region)}
}

function parsePolicy(content: string, region: string): readonly Enforced[] {
  const settings = member(member(member(parseJson(content), 'bedrock'), 'guardrail_inference'), region)
  return Object.values(isTree(settings) ? settings : {}).flatMap((setting) => {
    const identifier = plain(member(setting, 'identifier'))
    if (typeof identifier !== 'string') return []
    const {name, version = 'DRAFT'} = splitVersion(identifier.trim())
    const models = member(setting, 'model_enforcement')
    const list = (key: string) => texts(plain(member(models, key)))
    const chosen = isTree(models) ? {included: list('included_models'), excluded: list('excluded_models')} : null
    return [{arn: name, version, models: chosen}]
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function member(value: unknown, key: string): unknown {
  return isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function plain(value: unknown): unknown {
  return isTree(value) ? value['@@assign'] : value
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** A model in both lists is left out. */
function holdsFor(models: Enforced['models'], modelId: string | null): boolean {
  if (models === null) return true
  const names = (one: string) => modelId !== null && (one === modelId || one.endsWith(`/${modelId}`))
  const all = models.included.length === 0 || models.included.some((one) => one.toUpperCase() === 'ALL')
  return (all || models.included.some(names)) && !models.excluded.some(names)
}

function legsOf({arn, version}: Enforced, {snapshot, profiles, region, policies}: Matter): readonly CallLeg[] {
  const parsed = parseArn(arn)
  const id = arn.slice(arn.lastIndexOf('/') + 1)
  const place = {
    partition: policies.partition,
    account: parsed?.account || policies.account,
    region: parsed?.region || region,
  }
  const listed = read(snapshot, 'bedrock:guardrails', place.region)
  const known = listed.state === 'read' && place.account === policies.account ? listed.value : []
  const found = known.find((one) => one.id === id)
  const use = found ? guardrailUse(found, version, place.region, profiles) : {id, version}
  return guardrailLegs(use, place).map((leg): CallLeg => {
    const part = leg.name === 'guardrail' ? '' : `, ${leg.name.replace('guardrail ', '')}`
    const name = `enforced guardrail ${id}${part}`
    return leg.kind === 'open' ? {...leg, name} : ({...leg, ...SOURCE, name} satisfies Leg)
  })
}
