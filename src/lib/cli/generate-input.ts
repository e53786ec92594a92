import type {Settings} from '../config/settings.js'
import {usageError} from '../core/errors.js'
import type {GuardrailUse} from '../iam/legs/target.js'
import type {CollectedOffers} from '../models/offers/collect-offers.js'
import type {GenerateFacts, GenerateInput} from '../permissions/generate/generate-policies.js'
import type {Connection} from './connect.js'
import type {Progress} from './progress.js'

/** The words of `iam generate`. */
export interface GenerateWords
  extends Pick<GenerateInput, 'workload' | 'models' | 'route' | 'logGroups' | 'roleName' | 'attach' | 'format'> {
  readonly from: string | undefined
  readonly account: string | undefined
  readonly guardrail: string | undefined
  readonly guardrailProfile: string | undefined
  readonly vpce: string | undefined
  readonly readFrom: readonly string[]
  readonly writeTo: string | undefined
  readonly kmsKey: string | undefined
}

interface Frame {
  readonly connection: Connection
  readonly settings: Settings
  readonly toolVersion: string
  readonly signal: AbortSignal
  readonly progress: Progress
  readonly readOffers: (regions: readonly string[]) => Promise<CollectedOffers>
}

const ROLE_NAME = /^[\w+=,.@-]{1,64}$/
const GUARDRAIL = /^[a-z0-9]{1,64}$/
const LOG_GROUP = /^[\w.\-/#]{1,512}$/
const ENDPOINT = /^vpce-[0-9a-f]{8,17}$/

/** Understands the words and reads what they leave to the account: who it is, what is offered, the guardrail. */
export async function readGenerateInput(
  typed: GenerateWords,
  frame: Frame,
): Promise<{readonly input: GenerateInput; readonly known: GenerateFacts}> {
  assertWords(typed)
  const [{selectRegions, sourceRegion}, {readIamFacts}, {parseBucketPlace, parseKey}] = await Promise.all([
    import('../routing/select-regions.js'),
    import('../iam/read-iam-facts.js'),
    import('../permissions/generate/service-role.js'),
  ])
  const {connection, settings, signal} = frame
  const {catalog} = connection
  const {models, workload} = typed
  const data = {
    readFrom: typed.readFrom.map((text) => parseBucketPlace(text, '--read-from')),
    writeTo: typed.writeTo === undefined ? null : parseBucketPlace(typed.writeTo, '--write-to'),
    kmsKey: typed.kmsKey === undefined ? null : parseKey(typed.kmsKey),
  }
  const configured = connection.configuredRegion
  const asked =
    workload === 'monitor' && settings.regions.length > 0
      ? selectRegions({asked: settings.regions, configured: typed.from ?? configured, otherwise: 'configured'}, catalog)
      : settings.regions
  const from = sourceRegion({model: models[0] ?? '', from: typed.from, asked, configured}, catalog)
  const regions = workload === 'monitor' ? [...new Set([from, ...asked])] : [from]
  const account = typed.account ?? (await ownAccount(connection, signal))
  const [collected, guardrail] = await Promise.all([
    models.length === 0 ? undefined : frame.readOffers([from]),
    readGuardrail(typed, from, frame),
  ])
  const {route, logGroups, roleName, attach, format, vpce = null} = typed
  return {
    input: {
      workload,
      models,
      from,
      regions,
      route,
      account,
      guardrail,
      vpce,
      data,
      logGroups,
      roleName,
      attach,
      format,
    },
    known: {
      catalog,
      facts: readIamFacts(),
      offer: collected?.offers[0],
      unread: collected?.unread ?? [],
      simulated: connection.simulated(),
    },
  }
}

const JOBS: readonly string[] = ['batch', 'import', 'customization']
const WRITING: readonly string[] = ['batch', 'customization']

function assertWords(typed: GenerateWords): void {
  const {workload, readFrom, writeTo, roleName, vpce, account} = typed
  const refuse = (code: string, message: string, hint: string) => {
    throw usageError(code, message, {hint})
  }
  const isJob = JOBS.includes(workload)
  if (isJob && readFrom.length === 0) {
    refuse('DATA_MISSING', `--workload ${workload} reads data.`, 'Say where: --read-from s3://bucket/prefix')
  }
  if (WRITING.includes(workload) && writeTo === undefined) {
    refuse('DATA_MISSING', `--workload ${workload} writes results.`, 'Say where: --write-to s3://bucket/prefix')
  }
  const wrong = flagsGiven(typed).find(([, isGiven, applies]) => isGiven && !applies)
  if (wrong) refuse('FLAGS_CONFLICT', `${wrong[0]} does not go with --workload ${workload}.`, `Leave ${wrong[0]} out.`)
  if (roleName !== undefined && !ROLE_NAME.test(roleName)) {
    refuse('BAD_ROLE_NAME', `"${roleName}" is no name of a role.`, 'Letters, digits and +=,.@-_, 64 at most.')
  }
  if (vpce !== undefined && !ENDPOINT.test(vpce)) {
    refuse('BAD_ENDPOINT', `"${vpce}" is no id of a VPC endpoint.`, 'It reads vpce-0a1b2c3d4e5f60718.')
  }
  const group = typed.logGroups.find((name) => !LOG_GROUP.test(name))
  if (group !== undefined) {
    refuse('BAD_LOG_GROUP', `"${group}" is no name of a log group.`, 'Give the name, not the ARN, without wildcards.')
  }
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    refuse('BAD_ACCOUNT', `"${account}" is no account id.`, 'It has twelve digits.')
  }
}

/** Flags that are of some workloads alone: whether each is given, and whether it is of this one. */
function flagsGiven(typed: GenerateWords): readonly (readonly [flag: string, isGiven: boolean, applies: boolean])[] {
  const {guardrail, guardrailProfile, kmsKey, models, readFrom, roleName, vpce, workload, writeTo} = typed
  const isJob = JOBS.includes(workload)
  const isMonitor = workload === 'monitor'
  return [
    ['--read-from', readFrom.length > 0, isJob || isMonitor],
    ['--write-to', writeTo !== undefined, WRITING.includes(workload)],
    ['--kms-key', kmsKey !== undefined, isJob || (isMonitor && readFrom.length > 0)],
    ['--role-name', roleName !== undefined, isJob],
    ['--guardrail', guardrail !== undefined, workload === 'app'],
    ['--guardrail-profile', guardrailProfile !== undefined, guardrail !== undefined],
    ['--log-group', typed.logGroups.length > 0, isMonitor],
    ['--vpce', vpce !== undefined, workload !== 'auditor' && !isMonitor],
    ['--route', typed.route !== undefined, workload === 'app' || workload === 'batch'],
    ['--model', models.length > 0, workload === 'app' || WRITING.includes(workload)],
  ]
}

async function ownAccount(connection: Connection, signal: AbortSignal): Promise<string> {
  if (connection.session === undefined) {
    throw usageError('ACCOUNT_MISSING', 'Policies name the account, which is not known offline.', {
      hint: 'Add --account 111122223333.',
    })
  }
  const identity = await connection.session.identity()
  return (await identity.whoAmI(signal)).account
}

/** What the words leave open is read live: id, version and the profile behind the guardrail. */
async function readGuardrail(
  {guardrail: text, guardrailProfile}: GenerateWords,
  region: string,
  {connection, settings, toolVersion, signal, progress}: Frame,
): Promise<GuardrailUse | null> {
  if (text === undefined) return null
  const [{findGuardrail, splitVersion}, {readGuardrailProfiles}] = await Promise.all([
    import('../permissions/call/find-guardrail.js'),
    import('../iam/read-guardrail-profiles.js'),
  ])
  const profiles = readGuardrailProfiles()
  if (guardrailProfile !== undefined) {
    const {name, version = 'DRAFT'} = splitVersion(text)
    if (!GUARDRAIL.test(name)) {
      throw usageError('BAD_GUARDRAIL', `"${text}" is no id of a guardrail.`, {
        hint: 'With --guardrail-profile nothing is looked up: write ID:VERSION, such as gr1abcdefghi:2.',
      })
    }
    return {id: name, version, profile: chosenProfile(guardrailProfile, region, profiles.profiles)}
  }
  if (connection.session === undefined) {
    throw usageError(
      'GUARDRAIL_PROFILE_MISSING',
      'Whether the guardrail has a guardrail profile is not known offline.',
      {
        hint: 'Say it: --guardrail-profile none, or its id, such as eu.guardrail.v1:0.',
      },
    )
  }
  const {takeSnapshot} = await import('./take-snapshot.js')
  const {snapshot} = await takeSnapshot(
    {reads: ['bedrock:guardrails'], settings: {...settings, regions: [region]}, toolVersion},
    connection,
    {signal, progress},
  )
  const found = findGuardrail(text, region, snapshot, profiles)
  if (found.profile !== undefined) return found
  throw usageError('GUARDRAIL_PROFILE_MISSING', 'Whether the guardrail has a guardrail profile could not be read.', {
    hint: 'Grant bedrock:GetGuardrail, or say it: --guardrail-profile none, or its id.',
  })
}

function chosenProfile(
  id: string,
  region: string,
  known: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
): NonNullable<GuardrailUse['profile']> | null {
  if (id === 'none') return null
  const destinations = known[id]?.[region]
  if (destinations !== undefined) return {id, destinations}
  const here = Object.keys(known).filter((profile) => known[profile]?.[region] !== undefined)
  throw usageError('UNKNOWN_GUARDRAIL_PROFILE', `${region} has no guardrail profile "${id}".`, {
    hint: here.length === 0 ? 'It has none: --guardrail-profile none.' : `It has ${here.join(', ')}.`,
  })
}
