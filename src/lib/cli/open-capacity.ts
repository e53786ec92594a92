import type {AwsSession} from '../aws/session.js'
import type {OwnCapacity} from '../capacity/find-capacity.js'
import type {CapacitySource} from '../capacity/ports.js'
import type {ServableModel} from '../capacity/update/plan-update.js'
import type {Settings} from '../config/settings.js'
import {parseArn, regionOfArn} from '../core/arn.js'
import type {FindPlaces} from '../jobs/find-own.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'

/** What the commands about capacity work with. */
export interface CapacityDoor extends FindPlaces {
  readonly session: AwsSession
  readonly source: CapacitySource
}

/** Opens the capacity of the account. `text` is what the command names: an ARN has its Region. */
export async function openCapacity(
  text: string | undefined,
  settings: Settings,
  connection: Connection,
): Promise<CapacityDoor> {
  const session = onlineSession(connection, 'Capacity of the account')
  const [{selectRegions}, source] = await Promise.all([import('../routing/select-regions.js'), session.capacity()])
  const asked = settings.regions
  const home = text === undefined ? undefined : regionOfArn(text)
  const choice = {asked, configured: connection.configuredRegion, otherwise: 'configured'} as const
  return {session, source, asked, regions: home === undefined ? selectRegions(choice, connection.catalog) : [home]}
}

/** The capacity that a name, an id or an ARN stands for. */
export async function findCapacityOf(text: string, door: CapacityDoor, signal: AbortSignal): Promise<OwnCapacity> {
  const {findCapacity, noCapacity} = await import('../capacity/find-capacity.js')
  const found = await findCapacity(text, door, door.source, signal)
  if (found === undefined) throw noCapacity(text, door.regions)
  return found
}

/** A custom model of the account by name, id or ARN. */
export async function findCustomModel(
  text: string,
  region: string,
  {session}: Pick<CapacityDoor, 'session'>,
  signal: AbortSignal,
): Promise<ServableModel | undefined> {
  const arn = parseArn(text)
  if (arn && !arn.resource.startsWith('custom-model/')) return undefined
  const source = await session.customizations()
  const found = await source.model(region, text, signal)
  return found && {arn: found.arn, name: found.name, baseModelArn: found.baseModelArn, state: found.state}
}
