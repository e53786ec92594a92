import {decimal} from '../core/decimal.js'
import {usageError} from '../core/errors.js'
import {parseMonthlyVolume, parseQuantity, parseShare} from '../core/quantity.js'
import type {Workload} from '../cost/workload/workload.schema.js'
import type {WorkloadFlags} from './cost-flags.js'

type Inference = Extract<Workload, {kind: 'inference'}>

const POLICIES = ['content', 'topic', 'word', 'pii', 'pii-regex', 'grounding', 'reasoning'] as const
type Policy = (typeof POLICIES)[number]

/** The workload that the flags describe; throws one usage error with everything that is missing or wrong. */
export function workloadOfFlags(flags: WorkloadFlags, region: string | undefined): Inference {
  const {problems, workload} = readWorkloadFlags(flags, region)
  if (workload) return workload
  throw usageError('WORKLOAD_INCOMPLETE', 'The workload is not fully described.', {
    why: problems.join('\n'),
    hint: 'Say it as --model MODEL --requests 200k/month --input-tokens 3000 --output-tokens 500, or give a workload file.',
  })
}

/** The workload that the flags describe, or everything that is missing or wrong. */
export function readWorkloadFlags(
  flags: WorkloadFlags,
  region: string | undefined,
): {readonly workload: Inference | undefined; readonly problems: readonly string[]} {
  const problems: string[] = []
  const read = <T>(name: keyof WorkloadFlags, parse: (text: string) => T | undefined, example: string) => {
    const text = flags[name]
    if (text === undefined) return undefined
    const value = parse(text)
    if (value === undefined) problems.push(`--${name} ${text}: not such as ${example}`)
    return value
  }
  const needed = <T>(name: keyof WorkloadFlags, value: T | undefined): T | undefined => {
    if (value === undefined && flags[name] === undefined) problems.push(`--${name} is missing`)
    return value
  }
  const model = needed('model', flags.model)
  const requests = needed('requests', read('requests', parseMonthlyVolume, '200k/month or 3/s'))
  const inputTokens = needed('input-tokens', read('input-tokens', parseQuantity, '3000 or 1.5k'))
  const outputTokens = needed('output-tokens', read('output-tokens', parseQuantity, '500'))
  const share = read('cached-share', parseShare, '80% or 0.8')
  if (share === undefined && flags['cache-ttl'] !== undefined && flags['cached-share'] === undefined) {
    problems.push('--cache-ttl needs --cached-share: how much of the input is cached')
  }
  const policies = read('guardrail-policies', parsePolicies, POLICIES.join(','))
  if (problems.length > 0 || !model || !requests || !inputTokens || !outputTokens)
    return {workload: undefined, problems}
  const workload: Inference = {
    name: model,
    kind: 'inference',
    model,
    region,
    route: flags.route,
    tier: flags.tier ?? 'standard',
    requests,
    inputTokens,
    outputTokens,
    cache: share && {share, ttl: flags['cache-ttl'], prefixes: decimal(1)},
    guardrails: policies && {policies},
  }
  return {workload, problems}
}

function parsePolicies(text: string): Policy[] | undefined {
  const words = text.split(',').map((word) => word.trim())
  const known = words.flatMap((word) => POLICIES.filter((policy) => policy === word))
  return known.length === words.length ? known : undefined
}
