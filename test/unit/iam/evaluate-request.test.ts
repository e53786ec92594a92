import {describe, expect, test} from 'vitest'
import {evaluateRequest} from '../../../src/lib/iam/evaluate-request.js'
import {explainDecision} from '../../../src/lib/iam/explain-decision.js'
import type {Explanation} from '../../../src/lib/iam/explanation.js'
import type {PolicyLayers} from '../../../src/lib/iam/policy-layers.js'
import {createRequest} from '../../../src/lib/iam/request.js'
import {createContext} from '../../../src/lib/iam/request-context.js'
import {
  type Expected,
  FACTS,
  type LayerCase,
  layersFrom,
  policyOf,
  ROLE,
  readCases,
  type StatementCase,
  type WrittenRequest,
} from './read-cases.js'

interface Judged {
  readonly name: string
  readonly layers: PolicyLayers
  readonly request: WrittenRequest
  readonly expected: Expected
}

const STATEMENTS = ['matching', 'variables', 'conditions'].flatMap((file) =>
  readCases<StatementCase>(file).map((one): Judged => {
    return {...one, name: `${file}: ${one.name}`, layers: layersFrom({identity: [policyOf(one)]})}
  }),
)
const LAYERS = readCases<LayerCase>('layers').map((one): Judged => {
  return {...one, name: `layers: ${one.name}`, layers: layersFrom(one.layers)}
})

describe('evaluateRequest', () => {
  test.each([...STATEMENTS, ...LAYERS])('$name', ({layers, request: written, expected}) => {
    const context = createContext(written.context ?? {})
    const request = createRequest({principal: ROLE, ...written, context})

    const decision = evaluateRequest(request, layers, FACTS.rcp)
    const explanation = explainDecision(request, layers, FACTS)

    expect(decision.outcome).toBe(expected.outcome)
    expect(decision.outcome === 'DENY').toBe(decision.denial !== null)
    if (expected.denial) expect(decision.denial).toBe(expected.denial)
    expectExplained(explanation, expected)
  })

  test('there are cases for every outcome and kind of denial', () => {
    const outcomes = [...STATEMENTS, ...LAYERS].map(({expected}) => expected.denial ?? expected.outcome)

    expect(outcomes.length).toBeGreaterThan(200)
    expect(new Set(outcomes)).toEqual(new Set(['ALLOW', 'DENY', 'UNKNOWN', 'explicit', 'implicit']))
  })
})

/** The explanation agrees with the decision, and says where it comes from. */
function expectExplained(explanation: Explanation, expected: Expected): void {
  const {outcome, reasons, gaps, nearMisses, inert} = explanation
  const places = outcome === 'UNKNOWN' ? gaps : reasons
  expect(explanation.outcome).toBe(expected.outcome)
  if (outcome === 'UNKNOWN') expect(reasons).toEqual([])
  else expect(gaps).toEqual([])
  if (expected.layer) expect(places[0]?.layer).toBe(expected.layer)
  if (expected.level) expect(places[0]?.level).toBe(expected.level)
  if (expected.statement) expect(places[0]?.statement).toBe(expected.statement)
  if (expected.gap) expect(gaps.map(({kind}) => kind)).toContain(expected.gap)
  if (expected.gapSubject)
    expect(gaps.map(({subject}) => subject.toLowerCase())).toContain(expected.gapSubject.toLowerCase())
  if (expected.nearMiss) expect(nearMisses.map(({failed}) => failed)).toContain(expected.nearMiss)
  if (expected.inert) expect(inert.map(({statement}) => statement)).toContain(expected.inert)
}
