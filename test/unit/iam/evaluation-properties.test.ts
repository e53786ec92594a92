import fc from 'fast-check'
import {expect, test} from 'vitest'
import {evaluateRequest} from '../../../src/lib/iam/evaluate-request.js'
import {createRequest} from '../../../src/lib/iam/request.js'
import {type ContextValues, createContext} from '../../../src/lib/iam/request-context.js'
import {FACTS, layersFrom, ROLE, type WrittenLayers} from './read-cases.js'

interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly [element: string]: unknown
}
type Policy = readonly Statement[]

const ACTIONS = ['bedrock:InvokeModel', 'bedrock:Invoke*', 'bedrock:*', 'BEDROCK:invokemode?', 's3:*', '*']
const RESOURCES = [
  '*',
  'arn:aws:bedrock:*::foundation-model/*',
  'arn:aws:bedrock:eu-central-1::foundation-model/m',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable.
  'arn:aws:bedrock:eu-central-1::foundation-model/${aws:username}',
  'arn:aws:bedrock:*:foundation-model/*:x',
  'arn:aws:bedrock:us-*:*:*',
]
const KEYS = ['aws:username', 'aws:RequestedRegion', 'aws:TagKeys', 'bedrock:InferenceProfileArn'] as const
const VALUES = ['m', 'eu-central-1', 'unspecified', 'a', '']
const OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringLikeIfExists',
  'StringNotLikeIfExists',
  'ForAnyValue:StringEquals',
  'ForAnyValue:StringNotEquals',
  'ForAnyValue:StringEqualsIfExists',
  'ForAllValues:StringEquals',
  'ForAllValues:StringNotEqualsIfExists',
  'ArnLike',
  'ArnNotEquals',
]

const some = (items: readonly string[]) => fc.subarray([...items], {minLength: 1, maxLength: 2})
const condition = fc.oneof(
  fc.tuple(fc.constantFrom(...OPERATORS), fc.constantFrom(...KEYS), some([...VALUES, 'm*'])),
  fc.tuple(fc.constant('Null'), fc.constantFrom(...KEYS), some(['true', 'false'])),
)
const statement: fc.Arbitrary<Statement> = fc
  .record({
    Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
    action: fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), some(ACTIONS)),
    resource: fc.tuple(fc.constantFrom('Resource', 'Resource', 'NotResource'), some(RESOURCES)),
    condition: fc.option(condition, {nil: undefined}),
  })
  .map(({Effect, action, resource, condition: one}) => ({
    Effect,
    [action[0]]: action[1],
    [resource[0]]: resource[1],
    ...(one && {Condition: {[one[0]]: {[one[1]]: one[2]}}}),
  }))
const policy: fc.Arbitrary<Policy> = fc.array(statement, {minLength: 1, maxLength: 3})
const fullAccess: Policy = [{Effect: 'Allow', Action: '*', Resource: '*'}]
const policies = fc.array(policy, {minLength: 1, maxLength: 2})

interface World {
  readonly identity: readonly Policy[]
  readonly scp: readonly Policy[]
  readonly boundary: Policy | undefined
}
const world: fc.Arbitrary<World> = fc.record({
  identity: policies,
  scp: fc.array(fc.oneof(policy, fc.constant(fullAccess)), {maxLength: 2}),
  boundary: fc.option(fc.oneof(policy, fc.constant(fullAccess)), {nil: undefined}),
})

const settled = fc.oneof(fc.constant(null), fc.constantFrom(...VALUES), fc.subarray(VALUES))
const context = fc.record({
  'aws:username': settled,
  'aws:RequestedRegion': settled,
  'aws:TagKeys': settled,
  'bedrock:InferenceProfileArn': settled,
})

function document(statements: Policy): object {
  return {Version: '2012-10-17', Statement: statements}
}

function layersOfWorld({identity, scp, boundary}: World): WrittenLayers {
  return {
    identity: identity.map(document),
    scp: [{name: 'root', policies: [...scp, fullAccess].map(document)}],
    ...(boundary && {boundary: [document(boundary)]}),
  }
}

function decide(given: World | WrittenLayers, values: ContextValues): string {
  const request = createRequest({
    action: 'bedrock:InvokeModel',
    resource: 'arn:aws:bedrock:eu-central-1::foundation-model/m',
    principal: ROLE,
    context: createContext(values),
  })
  const written = isWorld(given) ? layersOfWorld(given) : given
  return evaluateRequest(request, layersFrom(written), FACTS.rcp).outcome
}

function isWorld(given: World | WrittenLayers): given is World {
  return Array.isArray(given.identity?.[0])
}

/** Fewer keys known than in `values`, so that nothing is said of the rest. */
const partly = fc.tuple(context, fc.subarray([...KEYS]))

function only(values: ContextValues, keys: readonly string[]): ContextValues {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)))
}

const RUNS = {numRuns: 2000}

test('the worlds tried reach every outcome', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(world, partly, (given, [values, keys]) => {
      const outcome = decide(given, only(values, keys))
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
    }),
    RUNS,
  )

  for (const outcome of ['ALLOW', 'DENY', 'UNKNOWN']) expect(seen.get(outcome)).toBeGreaterThan(50)
})

test('an added denial never allows what was not allowed', () => {
  const denial = statement.map((one): Statement => ({...one, Effect: 'Deny'}))
  const layer = fc.constantFrom('identity' as const, 'scp' as const)
  fc.assert(
    fc.property(world, partly, denial, layer, (given, [values, keys], added, where) => {
      const known = only(values, keys)
      const more = {...given, [where]: [...given[where], [added]]}

      if (decide(given, known) !== 'ALLOW') expect(decide(more, known)).not.toBe('ALLOW')
      if (decide(given, known) === 'DENY') expect(decide(more, known)).toBe('DENY')
    }),
    RUNS,
  )
})

test('an added allow never denies what was not denied', () => {
  const allow = statement.map((one): Statement => ({...one, Effect: 'Allow'}))
  fc.assert(
    fc.property(world, partly, allow, (given, [values, keys], added) => {
      const known = only(values, keys)

      const after = decide({...given, identity: [...given.identity, [added]]}, known)

      if (decide(given, known) !== 'DENY') expect(after).not.toBe('DENY')
    }),
    RUNS,
  )
})

test('the order of statements and policies does not matter', () => {
  const reversed = (list: readonly Policy[]) => list.map((one) => one.toReversed()).toReversed()
  fc.assert(
    fc.property(world, partly, (given, [values, keys]) => {
      const known = only(values, keys)
      const {identity, scp, boundary} = given
      const other = {identity: reversed(identity), scp: reversed(scp), boundary: boundary?.toReversed()}

      expect(decide(other, known)).toBe(decide(given, known))
    }),
    RUNS,
  )
})

test('splitting statements by action and resource does not matter', () => {
  fc.assert(
    fc.property(world, partly, (given, [values, keys]) => {
      const known = only(values, keys)
      const {identity, scp, boundary} = given
      const other = {
        identity: identity.map((one) => one.flatMap(split)),
        scp: scp.map((one) => one.flatMap(split)),
        boundary: boundary?.flatMap(split),
      }

      expect(decide(other, known)).toBe(decide(given, known))
    }),
    RUNS,
  )
})

test('statements spread over more policies of a layer do not matter', () => {
  fc.assert(
    fc.property(world, partly, (given, [values, keys]) => {
      const known = only(values, keys)
      const identity = given.identity.flatMap((one) => one.map((single) => [single]))

      expect(decide({...given, identity}, known)).toBe(decide(given, known))
    }),
    RUNS,
  )
})

test('what is decided with keys unknown holds whatever they turn out to be', () => {
  fc.assert(
    fc.property(world, partly, (given, [values, keys]) => {
      const early = decide(given, only(values, keys))

      if (early !== 'UNKNOWN') expect(decide(given, values)).toBe(early)
    }),
    {numRuns: 5000},
  )
})

test('what is decided with possibilities holds for each of them', () => {
  const several = fc.array(settled, {minLength: 2, maxLength: 3})
  fc.assert(
    fc.property(world, context, several, fc.constantFrom(...KEYS), (given, values, oneOf, key) => {
      const early = decide(given, {...values, [key]: {oneOf}})

      if (early === 'UNKNOWN') return
      for (const value of oneOf) expect(decide(given, {...values, [key]: value})).toBe(early)
    }),
    RUNS,
  )
})

test('what is decided with policies unread holds whatever they say', () => {
  fc.assert(
    fc.property(world, context, policy, fc.constantFrom('identity', 'boundary'), (given, values, hidden, where) => {
      const written = layersOfWorld(given)
      const early = decide({...written, unread: {[where]: 'denied'}}, values)
      const read = [...((where === 'identity' ? written.identity : written.boundary) ?? []), document(hidden)]

      if (early !== 'UNKNOWN') expect(decide({...written, [where]: read}, values)).toBe(early)
    }),
    RUNS,
  )
})

/** One statement for each action and resource; a `Not…` list means all of them at once and stays. */
function split(whole: Statement): readonly Statement[] {
  return apart(whole, 'Action').flatMap((one) => apart(one, 'Resource'))
}

function apart(whole: Statement, element: 'Action' | 'Resource'): readonly Statement[] {
  const list = whole[element]
  return Array.isArray(list) ? list.map((one: unknown) => ({...whole, [element]: one})) : [whole]
}
