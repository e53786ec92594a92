import type {Settings} from '../config/settings.js'
import type {CallFacts, CallInput} from '../permissions/call/plan-call.js'
import type {Connection} from './connect.js'
import type {Progress} from './progress.js'

export interface CallQuestion {
  readonly call: Omit<CallInput, 'region'>
  /** Text of --from. */
  readonly from: string | undefined
  /** Saved snapshot to judge. */
  readonly file: string | undefined
  readonly settings: Settings
  readonly toolVersion: string
}

interface Frame {
  readonly signal: AbortSignal
  readonly progress: Progress
  /** Opened unless a snapshot is given. */
  readonly connect: () => Promise<Connection>
}

export interface CallAccount {
  readonly input: CallInput
  readonly known: CallFacts
  /** Undefined with a saved snapshot. */
  readonly connection: Connection | undefined
}

/** Reads the policies of the account that decide about a call, or takes them from a saved snapshot. */
export async function accountForCall(
  {call, from, file, settings, toolVersion}: CallQuestion,
  {signal, progress, connect}: Frame,
): Promise<CallAccount> {
  const [{openAccountPolicies}, {readIamFacts}, {sourceRegion}, {findModel}, {readsForCall}] = await Promise.all([
    import('../iam/account/account-policies.js'),
    import('../iam/read-iam-facts.js'),
    import('../routing/select-regions.js'),
    import('../catalog/model-lookup.js'),
    import('../permissions/call/reads-for-call.js'),
  ])
  const facts = readIamFacts()
  const asked = {model: call.model, from, asked: settings.regions}
  if (file !== undefined) {
    const [{readSnapshot}, {openCatalog}] = await Promise.all([
      import('../account/snapshot-store.js'),
      import('../catalog/open-catalog.js'),
    ])
    const [snapshot, catalog] = await Promise.all([readSnapshot(file), openCatalog()])
    const [only, ...more] = snapshot.regions.map(({name}) => name)
    const region = sourceRegion({...asked, configured: more.length === 0 ? only : undefined}, catalog)
    const known = {snapshot, policies: openAccountPolicies(snapshot, facts), catalog, facts}
    return {input: {...call, region}, known, connection: undefined}
  }
  const connection = await connect()
  const {catalog} = connection
  const region = sourceRegion({...asked, configured: connection.configuredRegion}, catalog)
  const isKnown = (findModel(catalog, call.model) ?? catalog.profile(call.model)) !== undefined
  const {takeSnapshot} = await import('./take-snapshot.js')
  const {snapshot} = await takeSnapshot(
    {reads: readsForCall(call, isKnown), settings: {...settings, regions: [region]}, toolVersion},
    connection,
    {signal, progress},
  )
  const known = {snapshot, policies: openAccountPolicies(snapshot, facts), catalog, facts}
  return {input: {...call, region}, known, connection}
}
