import type {CommitmentName} from '../capacity/capacity.schema.js'
import type {CapacityCreateResult} from '../capacity/create/capacity-create.schema.js'
import type {BoughtModel} from '../capacity/create/choose-model.js'
import type {CreateOffer, CreateWords} from '../capacity/create/plan-create.js'
import type {ProvisionedRequest, ProvisionedThroughput} from '../capacity/ports.js'
import {attempt} from '../core/attempt.js'
import {usageError} from '../core/errors.js'
import {toUnread} from '../core/unread.js'
import type {CommandFrame} from './base-command.js'
import type {Connection} from './connect.js'
import {readTags} from './job-words.js'
import {type CapacityDoor, findCustomModel, openCapacity} from './open-capacity.js'
import {openPrices} from './price-book.js'
import type {WatchTimes} from './read-wait.js'

export interface CapacityCreateFlags {
  readonly model: string
  readonly 'model-units': string
  readonly commitment: CommitmentName
  readonly name: string | undefined
  readonly tag: readonly string[] | undefined
}

interface Frame extends CommandFrame {
  readonly warn: (text: string) => void
}

/** A purchase as it stands before it is made. */
export interface OpenedCreate {
  readonly door: CapacityDoor
  readonly connection: Connection
  readonly region: string
  readonly request: ProvisionedRequest
  /** The same, made before. */
  readonly existing: ProvisionedThroughput | undefined
  readonly planned: Omit<CapacityCreateResult, 'outcome' | 'arn' | 'state' | 'next'>
}

const MOST_UNITS = 10_000

/** Understands what is to be bought, looks at quotas and at what is there, and prices it. */
export async function openCreate(flags: CapacityCreateFlags, frame: Frame): Promise<OpenedCreate> {
  const {settings, signal, progress, warn} = frame
  const units = readUnits(flags['model-units'])
  const tags = readTags(flags.tag)
  const connection = await frame.connect()
  const {catalog} = connection
  const door = await openCapacity(flags.model, settings, connection)
  const [region = '', ...others] = door.regions
  if (others.length > 0)
    throw usageError('ONE_REGION', 'Capacity is bought in one Region.', {hint: 'Name it with --region.'})
  const [{TERMS}, {createRequest, differences, nameTaken, priceCreate}, {judgeCreate}] = await Promise.all([
    import('../capacity/commitment.js'),
    import('../capacity/create/plan-create.js'),
    import('../capacity/create/judge-create.js'),
  ])
  const model = await chooseModel(flags.model, region, door, connection, signal)
  const words: CreateWords = {model, region, units, term: TERMS[flags.commitment], name: flags.name, tags}
  const request = createRequest(words)
  const [existing, quotas, all, {book, origin}] = await Promise.all([
    door.source.provisionedOne(region, request.name, signal),
    attempt(door.session.quotas().then((source) => source.listQuotas(region, signal))),
    attempt(door.source.provisioned(region, signal)),
    openPrices(settings, connection, {regions: [region], signal, progress, warn}),
  ])
  const differing = existing ? differences(existing, request) : []
  if (differing.length > 0) throw nameTaken(request.name, differing)
  const checks = existing
    ? []
    : judgeCreate({
        ...{model, units, term: words.term, region, catalog},
        quotas: quotas.value ?? quotas.error.message,
        existing: all.value ?? all.error.message,
      })
  const failures = checks.flatMap(({said, verdict}) => (verdict === 'blocker' ? [said] : []))
  const offer: CreateOffer = priceCreate(words, book, new Date(), existing)
  return {
    ...{door, connection, region, request, existing},
    planned: {
      schemaVersion: 1,
      simulated: connection.simulated(),
      unread: [
        ...(quotas.error ? [toUnread(quotas.error, region, 'servicequotas:ListServiceQuotas')] : []),
        ...(all.error ? [toUnread(all.error, region, 'bedrock:ListProvisionedModelThroughputs')] : []),
      ],
      gate: {requirement: 'nothing stands in the way of buying it', passed: failures.length === 0, failures},
      ...{name: request.name, region, modelId: model.modelId, baseModelId: model.baseModelId},
      ...{units, commitment: flags.commitment, ...offer, prices: origin, checks},
    },
  }
}

async function chooseModel(
  text: string,
  region: string,
  door: CapacityDoor,
  {catalog}: Connection,
  signal: AbortSignal,
): Promise<BoughtModel> {
  const [{chooseBase, chooseCustom, unknownModel}, {baseModelIdOf}] = await Promise.all([
    import('../capacity/create/choose-model.js'),
    import('../capacity/unit-price.js'),
  ])
  const base = chooseBase(text, region, catalog)
  if (base) return base
  const own = await findCustomModel(text, region, door, signal)
  if (own === undefined) throw unknownModel(text, region, catalog)
  const baseId = own.baseModelArn === null ? undefined : baseModelIdOf(own.baseModelArn, catalog)
  return chooseCustom(own, baseId, region, catalog)
}

function readUnits(text: string): number {
  const units = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (units >= 1 && units <= MOST_UNITS) return units
  throw usageError('UNITS_INVALID', `--model-units ${text} is no number of units.`, {
    hint: 'Write a whole number such as 1.',
  })
}

/** Buys it and, where it is to be waited for, follows it into service. */
export async function runCreate(
  opened: OpenedCreate,
  wait: WatchTimes | undefined,
  frame: Pick<CommandFrame, 'progress' | 'signal'>,
): Promise<CapacityCreateResult> {
  const {connection, door, planned, region, request} = opened
  const [{makeAnew}, {realClock}] = await Promise.all([import('../jobs/make-anew.js'), import('../jobs/clock.js')])
  const {signal} = frame
  const arn = await makeAnew(
    {
      ...request,
      create: (clientRequestToken) => door.source.createProvisioned(region, {...request, clientRequestToken}, signal),
      // Within a commitment nothing is deleted.
      look: async (made) => request.commitment !== null || door.source.provisionedOne(region, made, signal),
    },
    {clock: realClock, signal},
  )
  const simulated = connection.simulated()
  return follow(
    opened,
    {...planned, simulated, outcome: 'created', arn, state: 'Creating', next: nextOf(planned)},
    wait,
    frame,
  )
}

/** What was bought before: as it is, or followed into service. */
export async function tellExisting(
  opened: OpenedCreate,
  {arn, message, state}: ProvisionedThroughput,
  wait: WatchTimes | undefined,
  frame: Pick<CommandFrame, 'progress' | 'signal'>,
): Promise<CapacityCreateResult> {
  const {planned} = opened
  const told = {...planned, outcome: 'exists', arn, state, next: nextOf(planned)} as const
  if (state === 'Failed') return {...told, outcome: 'failed', gate: failedGate(planned, message)}
  return follow(opened, told, wait, frame)
}

async function follow(
  {door, region}: OpenedCreate,
  begun: CapacityCreateResult,
  wait: WatchTimes | undefined,
  {progress, signal}: Pick<CommandFrame, 'progress' | 'signal'>,
): Promise<CapacityCreateResult> {
  const {arn} = begun
  if (wait === undefined || arn === null) return begun
  const [{waitForEnd}, {realClock}] = await Promise.all([
    import('../jobs/wait/wait-for-end.js'),
    import('../jobs/clock.js'),
  ])
  const started = Date.now()
  const {end, last} = await waitForEnd(
    {
      look: (stop) => door.source.provisionedOne(region, arn, stop),
      endOf: (seen) => (seen?.state === 'InService' ? 'in-service' : seen?.state === 'Failed' ? 'failed' : undefined),
      ...wait,
      signal,
      onLook: ({seen}) =>
        progress.update(Math.round((Date.now() - started) / 1000), undefined, 's waited', seen?.state ?? 'Creating'),
      onTrouble: () => undefined,
    },
    realClock,
  )
  return {
    ...begun,
    ...(end === 'failed' && {gate: failedGate(begun, last?.seen?.message ?? null)}),
    outcome: end === 'interrupted' ? begun.outcome : end,
    state: last?.seen?.state ?? null,
  }
}

function failedGate({gate, name}: Pick<CapacityCreateResult, 'gate' | 'name'>, message: string | null) {
  return {
    requirement: gate.requirement,
    passed: false,
    failures: [`${name} failed: ${message ?? 'AWS does not say why'}`],
  }
}

/** Commands to go on with. */
function nextOf({name, region}: Pick<CapacityCreateResult, 'name' | 'region'>): readonly string[] {
  return [
    `bedrockctl capacity list --region ${region}`,
    `bedrockctl capacity delete ${name} --region ${region} --dry-run`,
  ]
}
