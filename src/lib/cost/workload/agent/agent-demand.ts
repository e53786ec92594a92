import {type Decimal, ONE, sumOf, ZERO} from '../../../core/decimal.js'
import type {Demand, DemandContext} from '../demand.js'
import {guardrailUsages} from '../guardrail-usages.js'
import type {WorkloadOf} from '../workload.schema.js'
import {agentCoreUsages} from './agentcore-usages.js'
import {loopUse, type StepLoop} from './step-loop.js'

type Agent = WorkloadOf<'agent'>

/** Every model that a query calls, step by step, and what AgentCore bills beside them. */
export function agentDemand(workload: Agent, context: DemandContext): Demand {
  const {answerTokens, guardrails, queryTokens, runtime} = workload
  const queries = workload.queries.times(context.factor)
  const planner = plannerLoop(workload, queries, context)
  const loops = [planner, ...subAgentLoops(workload, queries, context), ...synthesis(workload, queries, context)]
  if (loops.some(({cache, tier}) => cache && tier === 'batch')) {
    context.problem([], 'batch inference does not use the prompt cache')
  }
  const uses = loops.map(loopUse)
  const seen = queries.times(queryTokens.plus(answerTokens))
  const billed = sumOf(uses.map(({tokens}) => tokens))
  const {region} = planner.call
  const traffic = {requests: queries, inputTokens: queryTokens, outputTokens: answerTokens, region}
  return {
    usages: [
      ...uses.flatMap(({usages}) => usages),
      ...(guardrails ? guardrailUsages(guardrails, traffic) : []),
      ...agentCoreUsages(workload, queries, context.region ?? region),
    ],
    requests: queries.eq(0) ? null : queries,
    tokens: seen.eq(0) ? null : seen,
    amplification: seen.eq(0) ? null : billed.div(seen),
    assumptions: [
      ...uses.flatMap(({assumptions}) => assumptions),
      'every query takes the mean number of steps; where they differ, it is more',
      ...(guardrails ? ['the guardrail sees the query and the answer, not the steps between'] : []),
    ],
    excluded: [
      ...new Set(uses.flatMap(({excluded}) => excluded)),
      ...(guardrails ? [] : ['guardrails']),
      ...(guardrails?.policies.includes('grounding') ? ['the source that grounding is checked against'] : []),
      ...(runtime ? [] : ['where the agent runs']),
      'the tools themselves',
      'invocation logs',
    ],
  }
}

/** Without a synthesiser the last step is the answer, and the steps before it call tools. */
function plannerLoop(workload: Agent, runs: Decimal, context: DemandContext): StepLoop {
  const {answerTokens, planner, queryTokens, region, steps, synthesiser} = workload
  const {cache, instructionTokens, outputTokens, tier, toolTokens} = planner
  const call = context.call({...planner, region: planner.region ?? region}, ['planner', 'model'])
  const output = synthesiser ? outputTokens.times(steps) : outputTokens.times(steps.minus(1)).plus(answerTokens)
  const growth = outputTokens.plus(toolTokens)
  return {
    component: 'planner',
    call,
    tier,
    runs,
    steps,
    instructions: instructionTokens,
    task: queryTokens,
    growth,
    output,
    cache,
  }
}

/** One call for a query: it reads the query and what all steps wrote and found. */
function synthesis(workload: Agent, runs: Decimal, context: DemandContext): readonly StepLoop[] {
  const {answerTokens, planner, queryTokens, region, steps, synthesiser} = workload
  if (!synthesiser) return []
  const {cache, instructionTokens, tier} = synthesiser
  const call = context.call({...synthesiser, region: synthesiser.region ?? region}, ['synthesiser', 'model'])
  const history = planner.outputTokens.plus(planner.toolTokens)
  return [
    {
      ...{component: 'synthesiser', call, tier, runs, cache, instructions: instructionTokens, output: answerTokens},
      steps: ONE,
      task: queryTokens.plus(history.times(steps)),
      growth: ZERO,
    },
  ]
}

function subAgentLoops({region, subAgents}: Agent, queries: Decimal, context: DemandContext): readonly StepLoop[] {
  return subAgents.map((agent, index): StepLoop => {
    const {cache, calls, instructionTokens, name, outputTokens, resultTokens, steps, taskTokens, tier, toolTokens} =
      agent
    const call = context.call({...agent, region: agent.region ?? region}, ['subAgents', index, 'model'])
    return {
      ...{component: name, call, tier, steps, cache, instructions: instructionTokens, task: taskTokens},
      runs: queries.times(calls),
      growth: outputTokens.plus(toolTokens),
      output: outputTokens.times(steps.minus(1)).plus(resultTokens),
    }
  })
}
