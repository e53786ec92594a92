import {readFile} from 'node:fs/promises'
import type {BenchPlan} from '../bench/plan/bench-plan.js'
import type {BenchDoor} from '../bench/run/ports.js'
import type {NamedTarget} from '../bench/target/parse-target.js'
import type {Target} from '../bench/target/target.js'
import type {LanePlan, Secret} from '../bench/wire/lane.js'
import {usageError} from '../core/errors.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'

/** How targets are reached, as flags say. */
export interface LaneFlags {
  readonly 'ca-file'?: string | undefined
  readonly insecure?: boolean | undefined
  readonly 'api-key-env'?: string | undefined
}

/** A target with its Region, and where its requests go. */
export interface OpenedLane {
  readonly name: string
  readonly target: Target
  readonly lane: LanePlan
  /** Asked when a cell begins, and again before what it gave ends. */
  readonly secret: () => Promise<Secret>
}

const LARGEST_CA_BYTES = 4 * 1024 * 1024

/** Finds endpoints and keys of all targets; nothing is called but what gives credentials, and that later. */
export async function openLanes(
  targets: readonly NamedTarget[],
  plan: BenchPlan,
  flags: LaneFlags,
  connection: Connection,
  region: string | undefined,
): Promise<readonly OpenedLane[]> {
  const {targetLane} = await import('../bench/target/target-lane.js')
  const placed = targets.map(({name, target}) => ({name, target: inRegion(target, region)}))
  const needsBedrock = placed.some(({target}) => isBedrock(target))
  const door = needsBedrock ? await onlineSession(connection, 'Bedrock').benchDoor() : undefined
  const endpoints = door === undefined ? new Map<string, string>() : await endpointsOf(placed, door)
  const key = openAiKey(flags['api-key-env'])
  const caPem = flags['ca-file'] === undefined ? undefined : await readCa(flags['ca-file'])
  const keys: () => Promise<Secret> = async () =>
    door === undefined ? {kind: 'none'} : {kind: 'keys', ...(await door.keys())}
  return placed.map(({name, target}) => {
    const lane = targetLane(target, {
      facts: connection.catalog,
      name,
      endpoint: (service, of) => endpoints.get(`${service} ${of}`) ?? '',
      bedrockBearer: door?.bearer !== undefined,
      openAiKey: key !== undefined,
      caPem,
      insecure: flags.insecure ?? false,
      timeouts: plan.timeouts,
      env: process.env,
    })
    const token = isBedrock(target) ? door?.bearer : key
    const bearer: Secret = token === undefined ? {kind: 'none'} : {kind: 'bearer', token}
    return {name, target, lane, secret: lane.auth.kind === 'sigv4' ? keys : () => Promise.resolve(bearer)}
  })
}

export function isBedrock({kind}: Target): boolean {
  return kind === 'bedrock' || kind === 'imported' || kind === 'provisioned'
}

function inRegion(target: Target, region: string | undefined): Target {
  return target.kind === 'bedrock' && target.region === undefined ? {...target, region} : target
}

async function endpointsOf(
  targets: readonly {readonly target: Target}[],
  door: BenchDoor,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, readonly ['bedrock-runtime' | 'bedrock-mantle', string]>()
  for (const {target} of targets) {
    if (target.kind === 'openai' || target.kind === 'ollama' || target.region === undefined) continue
    const service = target.api.startsWith('mantle') ? 'bedrock-mantle' : 'bedrock-runtime'
    wanted.set(`${service} ${target.region}`, [service, target.region])
  }
  const found = [...wanted].map(async ([id, [service, of]]) => [id, await door.endpoint(service, of)] as const)
  return new Map(await Promise.all(found))
}

/** By the name of a variable: a key in a flag would stand in the history of the shell and in the list of processes. */
function openAiKey(variable: string | undefined): string | undefined {
  const key = process.env[variable ?? 'OPENAI_API_KEY']
  if (variable === undefined || (key !== undefined && key !== '')) return key || undefined
  throw usageError('API_KEY_MISSING', `The environment has no ${variable}.`, {
    hint: `Set it, or leave --api-key-env out: OPENAI_API_KEY is read then, and no key where that is not set either.`,
  })
}

async function readCa(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw usageError('CA_UNREADABLE', `${file} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name a file of certificates in PEM with --ca-file.',
      cause,
    })
  })
  if (text.length <= LARGEST_CA_BYTES && text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw usageError('CA_INVALID', `${file} holds no certificate in PEM.`, {
    hint: 'It begins with -----BEGIN CERTIFICATE-----; openssl x509 -in cert.der -inform der makes one of DER.',
  })
}
