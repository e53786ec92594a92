import type {CommitmentName} from '../capacity/capacity.schema.js'
import type {Deployment, DeploymentRequest} from '../capacity/ports.js'
import {plural} from '../core/text.js'
import type {ServingWay} from '../customizations/deploy/choose-way.js'
import type {CustomizationDeployResult} from '../customizations/deploy/customization-deploy.schema.js'
import type {CustomModel} from '../customizations/ports.js'
import type {CommandFrame} from './base-command.js'
import type {Connection} from './connect.js'
import {readTags} from './job-words.js'
import {type CustomizationDoor, openCustomizations} from './open-customizations.js'
import {openPrices} from './price-book.js'
import type {WatchTimes} from './read-wait.js'

export interface DeployFlags {
  readonly name: string | undefined
  readonly provisioned: boolean
  readonly 'model-units': string
  readonly commitment: CommitmentName
  readonly tag: readonly string[] | undefined
}

export interface DeployFrame extends CommandFrame {
  readonly warn: (text: string) => void
}

/** What would serve the model, before anything is made. */
export interface OpenedDeploy {
  readonly result: CustomizationDeployResult
  /** Undefined where there is nothing to be done. */
  readonly question: {readonly text: string; readonly commits: boolean} | undefined
  create(wait: WatchTimes | undefined): Promise<CustomizationDeployResult>
}

/** Finds the model, says how it can be served and what that costs; nothing is made before `create` is called. */
export async function openDeploy(text: string, flags: DeployFlags, frame: DeployFrame): Promise<OpenedDeploy> {
  const {settings, signal} = frame
  const connection = await frame.connect()
  const [door, {findModel, noModel}, {chooseWay}, facts] = await Promise.all([
    openCustomizations(text, settings, connection),
    import('../customizations/follow/find-model.js'),
    import('../customizations/deploy/choose-way.js'),
    connection.catalog.customModels(),
  ])
  const model = await findModel(text, door.places, door.source, signal)
  if (model === undefined) throw noModel(text, door.places.regions)
  const wantsUnits = flags.provisioned || flags.commitment !== 'none'
  const chosen = chooseWay(model, facts, wantsUnits)
  const shared = {model, chosen, flags, connection, door}
  return chosen.way === 'on-demand' ? onDemand(shared, frame) : provisioned(shared, frame)
}

interface Shared {
  readonly model: CustomModel
  readonly chosen: ServingWay
  readonly flags: DeployFlags
  readonly connection: Connection
  readonly door: CustomizationDoor
}

async function onDemand({chosen, connection, door, flags, model}: Shared, frame: DeployFrame): Promise<OpenedDeploy> {
  const {progress, settings, signal, warn} = frame
  const [{deploymentRequest, refuseOther}, {servingPrices}, {baseOfModel}, {book}, facts] = await Promise.all([
    import('../customizations/deploy/deployment-request.js'),
    import('../customizations/serving/serving-prices.js'),
    import('../customizations/deploy/choose-way.js'),
    openPrices(settings, connection, {regions: [model.region], signal, progress, warn}),
    connection.catalog.customModels(),
  ])
  const {region} = model
  const request = deploymentRequest(flags.name ?? model.name, model.arn, readTags(flags.tag))
  const existing = await door.capacity.deployment(region, request.name, signal)
  if (existing) refuseOther(existing, request)
  const base = baseOfModel(model, facts)
  const price = base ? servingPrices({modelId: base.modelId, region, onDemand: true}, book) : []
  const tell = (outcome: CustomizationDeployResult['outcome'], made: Deployment | undefined) =>
    told({chosen, connection, model}, {name: request.name, outcome, price, provisioned: null, made})
  return {
    result: tell(existing ? 'exists' : 'would-create', existing),
    question: existing
      ? undefined
      : {
          text: `Deploy ${model.name} as ${request.name}? It costs tokens as they are used, and nothing while nobody asks.`,
          commits: false,
        },
    create: async (wait) => {
      const arn = existing?.arn ?? (await make(request, region, door, signal))
      if (wait === undefined) {
        const made = existing ?? (await door.capacity.deployment(region, arn, signal))
        return tell(existing ? 'exists' : 'created', made)
      }
      const {end, made} = await awaitActive(arn, region, door, wait, frame)
      return tell(end, made)
    },
  }
}

/** Asked for again after a failure that passes: the token makes one deployment of it. */
async function make(
  request: DeploymentRequest,
  region: string,
  {capacity}: CustomizationDoor,
  signal: AbortSignal,
): Promise<string> {
  const [{makeAnew}, {realClock}] = await Promise.all([import('../jobs/make-anew.js'), import('../jobs/clock.js')])
  return makeAnew(
    {
      ...request,
      create: (clientRequestToken) => capacity.createDeployment(region, {...request, clientRequestToken}, signal),
      look: (made) => capacity.deployment(region, made, signal),
    },
    {clock: realClock, signal},
  )
}

async function awaitActive(
  arn: string,
  region: string,
  {capacity}: CustomizationDoor,
  wait: WatchTimes,
  {progress, signal, warn}: DeployFrame,
) {
  const [{waitForEnd}, {realClock}] = await Promise.all([
    import('../jobs/wait/wait-for-end.js'),
    import('../jobs/clock.js'),
  ])
  const startedAt = Date.now()
  const {end, last} = await waitForEnd(
    {
      look: (stop) => capacity.deployment(region, arn, stop),
      endOf: (seen) => (seen?.state === 'Active' ? 'in-service' : seen?.state === 'Failed' ? 'failed' : undefined),
      ...wait,
      signal,
      onLook: () =>
        progress.update(Math.round((Date.now() - startedAt) / 1000), undefined, 's waited for the deployment'),
      onTrouble: ({message}, waitMs) => warn(`${message} Looking again in ${Math.ceil(waitMs / 1000)} s.`),
    },
    realClock,
  )
  return {end: end === 'interrupted' ? ('created' as const) : end, made: last?.seen}
}

async function provisioned({chosen, connection, flags, model}: Shared, frame: DeployFrame): Promise<OpenedDeploy> {
  const [{openCreate, runCreate}, {createQuestion}] = await Promise.all([
    import('./capacity-create.js'),
    import('../capacity/create/render-create.js'),
  ])
  const {commitment, name = model.name, tag} = flags
  const words = {model: model.arn, 'model-units': flags['model-units'], commitment, name, tag}
  const opened = await openCreate(words, {...frame, connect: async () => connection})
  const {existing, planned} = opened
  const tell = (
    outcome: CustomizationDeployResult['outcome'],
    made: {readonly arn: string | null; readonly state: string | null; readonly message?: string | null} | undefined,
    gate = planned.gate,
  ): CustomizationDeployResult => ({
    ...told(
      {chosen, connection, model},
      {name: planned.name, outcome, price: unitLines(planned), provisioned: planned, made},
    ),
    gate,
    unread: planned.unread,
  })
  const refused = !planned.gate.passed
  const before = existing ? 'exists' : refused ? 'refused' : 'would-create'
  return {
    result: tell(before, existing),
    question: existing || refused ? undefined : {text: createQuestion(planned), commits: planned.commitment !== 'none'},
    create: async (wait) => {
      if (existing || refused) return tell(before, existing)
      const run = await runCreate(opened, wait, frame)
      return tell(run.outcome, run, run.gate)
    },
  }
}

type Planned = Awaited<ReturnType<typeof import('./capacity-create.js')['openCreate']>>['planned']

function unitLines({hourly, region, units, ...planned}: Planned): CustomizationDeployResult['price'] {
  const why = hourly === null ? `No price is known for model units of ${planned.baseModelId} in ${region}.` : null
  const origin = {source: planned.prices.kind, asOf: planned.prices.asOf, why}
  const quantity = plural(units, 'model unit')
  const commitment = planned.commitment === 'none' ? 'no commitment' : planned.commitment
  const hour = {what: `${quantity}, ${commitment}`, quantity, per: 'hour', ...origin} as const
  const term = planned.committed
  return [
    {...hour, amount: hourly === null ? null : String(hourly.amount), currency: hourly?.currency ?? null},
    ...(term === null
      ? []
      : [
          {...hour, what: 'the whole term', per: 'once', amount: String(term.amount), currency: term.currency} as const,
        ]),
  ]
}

interface Made {
  readonly name: string
  readonly outcome: CustomizationDeployResult['outcome']
  readonly price: CustomizationDeployResult['price']
  readonly provisioned: CustomizationDeployResult['provisioned']
  readonly made:
    | {readonly arn: string | null; readonly state: string | null; readonly message?: string | null}
    | undefined
}

function told(
  {chosen, connection, model}: Pick<Shared, 'chosen' | 'connection' | 'model'>,
  {made, name, outcome, price, provisioned: units}: Made,
): CustomizationDeployResult {
  const failed = outcome === 'failed' || made?.state === 'Failed'
  const failures = failed ? [`${name}: ${made?.message ?? 'it failed, and AWS does not say why'}`] : []
  return {
    schemaVersion: 1,
    simulated: connection.simulated(),
    unread: [],
    gate: {requirement: 'the model can be served', passed: !failed, failures},
    model: {name: model.name, arn: model.arn, baseModel: model.baseModelArn && baseOfArn(model.baseModelArn)},
    region: model.region,
    ...chosen,
    name,
    outcome,
    arn: made?.arn ?? null,
    state: made?.state ?? null,
    message: made?.message ?? null,
    price,
    provisioned: units && {
      units: units.units,
      commitment: units.commitment,
      endsOn: units.endsOn,
      hourly: units.hourly,
      committed: units.committed,
      checks: units.checks,
    },
    next: made?.arn
      ? [
          `bedrockctl customizations invoke ${name} --prompt "…" --region ${model.region}`,
          `bedrockctl capacity delete ${name} --region ${model.region} --dry-run`,
        ]
      : [],
  }
}

/** `amazon.nova-lite-v1:0` of the ARN of a foundation model. */
function baseOfArn(arn: string): string {
  return arn.replace(/^arn:[^/]*:foundation-model\//, '')
}
