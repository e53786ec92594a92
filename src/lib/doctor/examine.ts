import type {IdentitySource, RegionOptInSource} from '../account/ports.js'
import type {Catalog} from '../catalog/catalog.js'
import {BedrockctlError} from '../core/errors.js'
import {judgeClock, judgeCredentials, judgeRegion, type Outcome} from './account-checks.js'
import type {DoctorCheck, DoctorResult, Permission} from './doctor.schema.js'
import {judgeEndpoint} from './endpoint-checks.js'
import {judgeLocal, type LocalFacts} from './local-checks.js'
import {type CommandNeeds, judgePermissions, neededActions, reportCommands} from './permission-report.js'
import {type DoctorSource, PROBED_SERVICES, type ProbedService} from './ports.js'

export interface ExamineInput {
  readonly local: LocalFacts
  readonly regions: readonly {readonly name: string; readonly origin: string}[]
  /** Why there is no Region to look at; a warning, because every command takes --region. */
  readonly regionProblem: BedrockctlError | undefined
  readonly commands: readonly CommandNeeds[]
  readonly now: Date
}

/** What the account side is asked through; undefined offline. */
export interface Patient {
  readonly doctor: DoctorSource
  readonly identity: IdentitySource
  readonly regionOptIns: RegionOptInSource
  /** True when a sandbox answered; asked last. */
  simulated(): boolean
  /** HTTP requests so far. */
  requests(): number
}

interface Findings {
  readonly checks: readonly DoctorCheck[]
  readonly permissions: readonly Permission[]
  readonly permissionRegion: string | null
}

/** Checks this machine and, unless offline, the way to AWS and what the caller may do there. Reads only. */
export async function examine(
  input: ExamineInput,
  catalog: Catalog,
  patient: Patient | undefined,
  signal: AbortSignal,
): Promise<DoctorResult> {
  const found =
    patient === undefined ? offlineFindings(input, catalog) : await liveFindings(input, catalog, patient, signal)
  const checks = [...judgeLocal(input.local, input.now), ...noRegion(input), ...found.checks]
  const commands = found.permissionRegion === null ? [] : reportCommands(input.commands, found.permissions)
  const all = commands.length === 0 ? checks : [...checks, judgePermissions(commands, found.permissions)]
  const failures = all.filter(({status}) => status === 'fail').map(({title, detail}) => `${title}: ${detail}`)
  return {
    schemaVersion: 1,
    simulated: patient?.simulated() ?? false,
    unread: [],
    offline: patient === undefined,
    regions: input.regions.map(({name}) => name),
    checks: all,
    permissionRegion: found.permissionRegion,
    permissions: found.permissions,
    commands,
    requests: patient?.requests() ?? 0,
    gate: {requirement: 'no check fails', passed: failures.length === 0, failures},
  }
}

/** True when it was the credentials that failed: the exit code is then 4 instead of 3. */
export function credentialsFailed({checks}: DoctorResult): boolean {
  return checks.some(({id, status}) => status === 'fail' && (id === 'credentials' || id === 'identity'))
}

function noRegion({regionProblem}: ExamineInput): readonly DoctorCheck[] {
  if (regionProblem === undefined) return []
  const {message, hint} = regionProblem
  return [{id: 'region', title: 'Region', status: 'warn', detail: message, hint: hint ?? null}]
}

function offlineFindings({regions}: ExamineInput, catalog: Catalog): Findings {
  const checks = regions.map(({name, origin}) =>
    judgeRegion({name, origin, known: catalog.region(name), optIns: undefined}),
  )
  return {checks, permissions: [], permissionRegion: null}
}

async function liveFindings(
  input: ExamineInput,
  catalog: Catalog,
  patient: Patient,
  signal: AbortSignal,
): Promise<Findings> {
  const home = input.regions[0]?.name
  const [credentials, endpoints] = await Promise.all([
    outcomeOf(patient.doctor.readCredentials(signal)),
    probeEndpoints(
      input.regions.map(({name}) => name),
      catalog,
      patient.doctor,
      signal,
    ),
  ])
  const [identity, optIns, permissions] = credentials.ok
    ? await Promise.all([
        outcomeOf(patient.identity.whoAmI(signal)),
        outcomeOf(patient.regionOptIns.listRegionOptIns(signal)),
        home === undefined ? [] : probePermissions(input.commands, home, patient.doctor, signal),
      ])
    : [undefined, credentials, []]
  const checks = [
    ...judgeCredentials(credentials, identity, input.now),
    ...input.regions.map(({name, origin}) => judgeRegion({name, origin, known: catalog.region(name), optIns})),
    judgeClock(patient.doctor.clockSkewSeconds),
    ...endpoints,
  ]
  return {checks, permissions, permissionRegion: credentials.ok ? (home ?? null) : null}
}

async function probeEndpoints(
  regions: readonly string[],
  catalog: Catalog,
  doctor: DoctorSource,
  signal: AbortSignal,
): Promise<readonly DoctorCheck[]> {
  const pairs = regions.flatMap((region) =>
    PROBED_SERVICES.filter((service) => offers(catalog, service, region)).map((service) => ({service, region})),
  )
  const probes = await Promise.all(pairs.map(({service, region}) => doctor.probeEndpoint(service, region, signal)))
  const seen = new Set<string>()
  return probes
    .filter(({service, url}) => !seen.has(`${service} ${url}`) && seen.add(`${service} ${url}`))
    .map(judgeEndpoint)
}

/** Mantle is in some Regions only, as the catalog says; for the others the probe itself tells. */
function offers(catalog: Catalog, service: ProbedService, region: string): boolean {
  return service !== 'bedrock-mantle' || (catalog.region(region)?.endpoints.includes('bedrock-mantle') ?? false)
}

async function probePermissions(
  commands: readonly CommandNeeds[],
  region: string,
  doctor: DoctorSource,
  signal: AbortSignal,
): Promise<readonly Permission[]> {
  return Promise.all(
    neededActions(commands).map(async (action) => ({
      action,
      ...(await doctor.probePermission(action, region, signal)),
    })),
  )
}

/** Failures of the examination are findings; an interruption and bugs are not. */
async function outcomeOf<T>(asked: Promise<T>): Promise<Outcome<T>> {
  try {
    return {ok: true, value: await asked}
  } catch (error) {
    if (error instanceof BedrockctlError && error.fault !== 'interrupted') return {ok: false, error}
    throw error
  }
}
