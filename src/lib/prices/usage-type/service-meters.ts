import type {MeterId} from '../../catalog/meters.js'
import type {PriceKind} from '../price-list.js'
import type {BilledUsage} from './billed-usage.js'

type Groups = Readonly<Record<string, string>>
interface Reading {
  readonly id: string
  readonly meter: MeterId
  readonly of?: PriceKind
  readonly variants?: readonly string[]
}
type Rule = readonly [RegExp, (groups: Groups) => Reading | undefined]

/** By the words that workloads call them by. */
const POLICIES: ReadonlyMap<string | undefined, string> = new Map([
  ['contentpolicy', 'content'],
  ['topicpolicy', 'topic'],
  ['wordpolicy', 'word'],
  ['sensitiveinformationpolicypaid', 'pii'],
  ['sensitiveinformationpolicyfree', 'pii-regex'],
  ['contextualgroundingpolicy', 'grounding'],
  ['automatedreasoningpolicy', 'reasoning'],
])
const CHECKS: ReadonlyMap<string | undefined, string> = new Map([
  ['contentfilter', 'content-check'],
  ['promptattack', 'prompt-attack-check'],
  ['sensitiveinformation', 'pii-check'],
])
const HOSTS: Readonly<Record<string, string>> = {
  runtime: 'runtime',
  browsertool: 'browser',
  codeinterpreter: 'code-interpreter',
}
const ANALYSED: Readonly<Record<string, MeterId>> = {
  images: 'data-automation-image',
  pages: 'data-automation-page',
  minutes: 'data-automation-minute',
}

const agentCore = (meter: MeterId, ...variants: readonly string[]): Reading => ({id: 'agentcore', meter, variants})
const knowledgeBases = (meter: MeterId): Reading => ({id: 'knowledge-bases', meter})

const RULES: readonly Rule[] = [
  [
    /^guardrail-contentpolicyimageunitsconsumed$/,
    () => ({id: 'guardrails', meter: 'guardrail-image', variants: ['content']}),
  ],
  [/^guardrail-(?<policy>\w+?)unitsconsumed$/, ({policy}) => textUnit(POLICIES.get(policy))],
  [/^guardrailchecks-(?<check>\w+?)checkunitsconsumed$/, ({check}) => textUnit(CHECKS.get(check))],
  [
    /^[\w-]+-custommodelimport-inference-v(?<major>\d+):(?<minor>\d+)$/,
    ({major, minor}) => ({
      id: 'custom-model-import',
      meter: 'custom-model-unit-minute',
      variants: [`v${major}.${minor}`],
    }),
  ],
  [
    // Every version costs the same; should that change, the two prices are told as a conflict.
    /^[\w-]+-custommodelimport-storage-v\d+:\d+$/,
    () => ({id: 'custom-model-import', meter: 'custom-model-unit-storage'}),
  ],
  [
    /^dataautomation-(?<output>standard|custom)-(?:(?<medium>audio|video|document)-?)?(?<what>images|pages|minutes)processed(?<fields>-addonfields)?$/,
    ({output = '', medium, what = '', fields}) => {
      const meter = ANALYSED[what]
      const variants = [medium, output, fields && 'further-fields'].filter((word) => word !== undefined)
      return meter && {id: 'data-automation', meter, variants: [variants.join('-')]}
    },
  ],
  [/^bedrockflows?-.*transitions?$/, () => ({id: 'flows', meter: 'flow-transition'})],
  [/^bedrock-websearch-queries$/, () => ({id: 'web-search', meter: 'web-search'})],
  [/^knowledge-base:consumption-based:storage$/, () => knowledgeBases('knowledge-base-storage')],
  [/^knowledge-base:consumption-based:retrieval$/, () => knowledgeBases('knowledge-base-retrieval')],
  [/^knowledge-base:consumption-based:agenticretrieval$/, () => knowledgeBases('knowledge-base-agentic-retrieval')],
  [
    /^(?<host>runtime|browsertool|codeinterpreter)(?<early>-v2)?:consumption-based:(?<resource>vcpu|memory)(?<late>-v2)?$/,
    ({early, host = '', late, resource}) =>
      agentCore(
        resource === 'vcpu' ? 'agentcore-vcpu-hour' : 'agentcore-gb-hour',
        `${HOSTS[host]}${early || late ? '-v2' : ''}`,
      ),
  ],
  [/^gateway:consumption-based:api-invocations$/, () => agentCore('agentcore-invocation', 'gateway')],
  [/^gateway:consumption-based:search-api$/, () => agentCore('agentcore-invocation', 'gateway-search')],
  [/^gateway:consumption-based:tool-indexing$/, () => agentCore('agentcore-tool-month')],
  [/^websearchtool:consumption-based:queries$/, () => agentCore('web-search')],
  [/^memory:consumption-based:short-term-memory$/, () => agentCore('agentcore-memory-event')],
  [
    /^memory:consumption-based:long-term-memory-storage:(?<strategy>[a-z-]+?)(?:-memory)?$/,
    ({strategy = ''}) => agentCore('agentcore-memory-record', strategy),
  ],
  [/^memory:consumption-based:long-term-memory-retrieval$/, () => agentCore('agentcore-memory-retrieval')],
  [
    /^evaluations:consumption-based:builtin-(?<of>input|output):tier1$/,
    ({of}) => ({...agentCore('tokens', 'evaluation'), of: of === 'output' ? 'output' : 'input'}),
  ],
  [/^evaluations:consumption-based:customevaluators:tier1$/, () => agentCore('agentcore-evaluation')],
]

/** Reads a usage type without its Region, where it counts something that belongs to no model. */
export function readServiceMeter(usageType: string): BilledUsage | undefined {
  const text = usageType.toLowerCase()
  for (const [pattern, read] of RULES) {
    const found = pattern.exec(text)
    if (!found) continue
    const reading = read({...found.groups})
    if (!reading) return undefined
    const {id, meter, of = 'unit', variants = []} = reading
    const subject = {kind: 'service', id} as const
    return {subject, meter, of, routing: null, tier: 'standard', variant: variants[0] ?? null, longPrompts: false}
  }
  return undefined
}

function textUnit(variant: string | undefined): Reading | undefined {
  return variant === undefined ? undefined : {id: 'guardrails', meter: 'guardrail-text-unit', variants: [variant]}
}
