import type {BodyPlan, ServerTraits} from '../bench/bodies/body-plan.js'
import type {PlainPrompt} from '../bench/data/conversation.js'
import type {MadePrompts} from '../bench/data/make-prompts.js'
import type {LoadEngine} from '../bench/load/load.js'
import type {BenchPlan} from '../bench/plan/bench-plan.js'
import type {ServerFacts} from '../bench/run/ask-server.js'
import type {RunFollower} from '../bench/run/follower.js'
import type {SideAnswers} from '../bench/run/one-request.js'
import type {RunData} from '../bench/run/prepare-data.js'
import type {Probe, ProbeFailure} from '../bench/run/probe.js'
import type {RunLane} from '../bench/run/run-cells.js'
import type {Target} from '../bench/target/target.js'
import type {BedrockctlError} from '../core/errors.js'
import type {OpenedLane} from './bench-lanes.js'

/** A target that answered, with its prompts. */
export interface PreparedLane extends OpenedLane, RunLane {
  readonly server: ServerFacts
  readonly e2eMs: number
  readonly made: MadePrompts
  /** What is to be known of its numbers. */
  readonly notes: readonly string[]
}

interface PrepareInput {
  readonly plan: BenchPlan
  readonly lanes: readonly OpenedLane[]
  readonly data: RunData
  readonly engine: LoadEngine
  readonly follower: RunFollower
  readonly signal: AbortSignal
  /** What else could be asked for, where Bedrock refuses a target. */
  readonly instead: (target: Target) => string | undefined
  /** Waits until a model of one's own is loaded. */
  readonly warmUp: (target: Target) => Promise<void>
}

const NOBODY: ServerFacts = {software: null, version: null, models: []}

/** Asks every target once, tells all that cannot be measured at once, fits lengths, and makes the prompts. */
export async function prepareLanes(input: PrepareInput): Promise<readonly PreparedLane[]> {
  const {probeError} = await import('../bench/run/probe.js')
  const met = await meetServers(input)
  const found: Asked[] = []
  const failures: (ProbeFailure & {readonly name: string})[] = []
  for (const one of met) {
    input.follower.phase(`asking ${one.opened.name} once`)
    await input.warmUp(one.opened.target)
    const asked = await askOnce(one, input)
    if ('fault' in asked) failures.push({...asked, name: one.opened.name})
    else found.push(asked)
  }
  if (failures.length > 0) throw probeError(failures)
  const lanes: PreparedLane[] = []
  for (const asked of found) lanes.push(await fitted(asked, input))
  return lanes
}

interface Met {
  readonly opened: OpenedLane
  readonly server: ServerFacts
  /** Why the server's only model could not be read, where none is named. */
  readonly noModel: BedrockctlError | undefined
}

/** Learns what servers of one's own are and which model they have; what has a model by now is called after it. */
async function meetServers({lanes, signal}: PrepareInput): Promise<readonly Met[]> {
  const [{askServer, modelOf}, {nameTargets}] = await Promise.all([
    import('../bench/run/ask-server.js'),
    import('../bench/target/name-targets.js'),
  ])
  const met = await Promise.all(
    lanes.map(async (opened): Promise<Met> => {
      const {target} = opened
      if (target.kind !== 'openai' && target.kind !== 'ollama') return {opened, server: NOBODY, noModel: undefined}
      const server = await askServer(target, await placeOf(opened), signal)
      if (target.kind === 'ollama' || target.model !== undefined) return {opened, server, noModel: undefined}
      const model = modelOf(target, server)
      if (typeof model !== 'string') return {opened, server, noModel: model}
      return {opened: {...opened, target: {...target, model}}, server, noModel: undefined}
    }),
  )
  const names = nameTargets(met.map(({opened}) => opened.target))
  return met.map(({opened, ...rest}, index) => {
    const name = names[index] ?? opened.name
    return {...rest, opened: {...opened, name, lane: {...opened.lane, name}}}
  })
}

interface Asked {
  readonly opened: OpenedLane
  readonly server: ServerFacts
  readonly body: BodyPlan
  readonly probe: Probe
  readonly notes: readonly string[]
}

async function askOnce(
  {noModel, opened, server}: Met,
  {data, engine, instead, plan, signal}: PrepareInput,
): Promise<Asked | ProbeFailure> {
  const [{otherModels}, {readProbe}, {askAside}, {makeBook}, {ASSUMED_FIT}, {serverTraits}] = await Promise.all([
    import('../bench/run/ask-server.js'),
    import('../bench/run/probe.js'),
    import('../bench/run/one-request.js'),
    import('../bench/data/prompt-book.js'),
    import('../bench/data/synthetic.js'),
    import('../bench/bodies/body-plan.js'),
  ])
  const {lane, name, secret, target} = opened
  const [first] = data.prompts(ASSUMED_FIT).prompts
  const prompts = first === undefined ? [] : [first]
  const ask = async (body: BodyPlan): Promise<SideAnswers> => {
    const book = makeBook({prompts, sessions: undefined}, await wording(body), plan.nonce)
    return askAside(engine, {lane, secret, signal, requests: 1, book})
  }
  const model = modelName(target)
  const others = target.kind === 'openai' || target.kind === 'ollama' ? otherModels(model, server) : instead(target)
  const traits = serverTraits(server.software ?? undefined)
  const body = bodyOf(opened, model, traits)
  const answers = await ask(body)
  const probe = readProbe({lane, name, others, target}, answers)
  if (!('fault' in probe)) return {opened, server, body, probe, notes: probe.usage ? [] : [`${name} counts no tokens`]}
  const isRefused = answers.end.failures[0]?.error === 'validation'
  if (isRefused && noModel !== undefined) throw noModel
  // Some servers refuse what they do not know: asked again without the option that asks for usage.
  if (!isRefused || lane.dialect !== 'openai-chat') return probe
  const plain = bodyOf(opened, model, {...traits, usageOption: false, ignoreEos: false, minTokens: false})
  const again = readProbe({lane, name, others, target}, await ask(plain))
  return 'fault' in again
    ? probe
    : {opened, server, body: plain, probe: again, notes: [`${name} takes no stream_options`]}
}

/** As its requests name it. */
function modelName(target: Target): string {
  switch (target.kind) {
    case 'bedrock':
      return target.modelId
    case 'imported':
    case 'provisioned':
      return target.arn
    case 'openai':
      return target.model ?? 'default'
    case 'ollama':
      return target.model
  }
}

function bodyOf({lane, target}: OpenedLane, model: string, traits: ServerTraits): BodyPlan {
  const {latency, tier} = target.kind === 'bedrock' ? target : ({latency: 'standard', tier: 'default'} as const)
  return {dialect: lane.dialect, model, tier, latency, temperature: undefined, traits}
}

async function wording(body: BodyPlan): Promise<(prompt: PlainPrompt) => Uint8Array> {
  const {requestBody} = await import('../bench/bodies/request-body.js')
  return ({turns, wantedOut}) => requestBody(body, {turns, maxTokens: wantedOut})
}

async function placeOf({lane, secret}: OpenedLane) {
  const known = await secret()
  const headers = known.kind === 'bearer' ? {authorization: `Bearer ${known.token}`} : {}
  return {headers, caPem: lane.caPem, insecure: lane.insecure}
}

async function fitted({body, notes, opened, probe, server}: Asked, input: PrepareInput): Promise<PreparedLane> {
  const [{ASSUMED_FIT}, {makeBook}, {calibrate}] = await Promise.all([
    import('../bench/data/synthetic.js'),
    import('../bench/data/prompt-book.js'),
    import('../bench/run/calibrate.js'),
  ])
  const {data, engine, follower, plan, signal} = input
  const word = await wording(body)
  const isMade = plan.data.kind === 'synthetic' || data.trace !== undefined
  const {lane, secret} = opened
  if (isMade && plan.calibrate && probe.usage) follower.phase(`fitting lengths of ${opened.name}`)
  const longest = Math.max(0, ...data.prompts(ASSUMED_FIT).prompts.map(({wantedIn}) => wantedIn))
  const fit =
    isMade && plan.calibrate && probe.usage
      ? await calibrate(engine, {lane, secret, signal, word, seed: plan.seed, nonce: plan.nonce, longest})
      : undefined
  const made = data.prompts(fit ?? ASSUMED_FIT)
  return {...opened, server, e2eMs: probe.e2eMs, notes, made, book: makeBook(made, word, plan.nonce)}
}
