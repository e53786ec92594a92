import {join} from 'node:path'
import type {Target} from '../batch/follow/find-target.js'
import type {LookPorts} from '../batch/follow/look.js'
import type {BilledModel} from '../batch/progress/cost-of-tokens.js'
import type {Settings} from '../config/settings.js'
import type {Connection} from './connect.js'
import {type BatchDoor, openBatch} from './open-batch.js'

/** GROUP|JOB of a command, found. */
export interface FollowedBatch {
  readonly target: Target
  readonly door: BatchDoor
  readonly ports: LookPorts
  /** Of a group of this machine. */
  readonly folder: string | null
}

/** Finds what GROUP|JOB stands for, on this machine and in the account. */
export async function followBatch(
  text: string,
  settings: Settings,
  connection: Connection,
  signal: AbortSignal,
): Promise<FollowedBatch> {
  const [door, {findTarget}] = await Promise.all([
    openBatch(settings, connection),
    import('../batch/follow/find-target.js'),
  ])
  const regionOfGroup = async (name: string) => (await door.readState(name))?.rounds[0]?.plan.region
  const target = await findTarget(text, {regions: door.regions, regionOfGroup, source: door.source}, signal)
  const folder = target.kind === 'group' && target.local ? join(door.stateFolder, 'batch', target.name) : null
  return {target, door, ports: {source: door.source, readState: door.readState, now: () => new Date()}, folder}
}

/** What a job of this model is billed as; undefined where the catalog does not know what its ARN leads to. */
export function billedModel(
  modelId: string,
  region: string,
  {catalog}: Pick<Connection, 'catalog'>,
): BilledModel | undefined {
  const id = modelId.startsWith('arn:') ? (modelId.split('/').at(-1) ?? modelId) : modelId
  if (catalog.model(id)) return {modelId: id, profileId: undefined, route: 'in-region', region}
  const match = catalog.profile(id)
  return match && {modelId: match.model.id, profileId: id, route: match.profile.kind, region}
}
