import type {CapacitySource} from '../capacity/ports.js'
import type {Settings} from '../config/settings.js'
import {regionOfArn} from '../core/arn.js'

import type {MetricsReader} from '../customizations/metrics/read-metrics.js'
import type {CustomizationJob, CustomizationSource} from '../customizations/ports.js'
import type {FindPlaces} from '../jobs/find-own.js'
import type {ObjectStore} from '../jobs/ports.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'

/** What commands about customization work with. */
export interface CustomizationDoor {
  readonly source: CustomizationSource
  readonly capacity: CapacitySource
  readonly store: ObjectStore
  readonly metrics: MetricsReader
  readonly places: FindPlaces
}

/** Opens customization jobs and what serves their models. `text` is what the command names: an ARN has its Region. */
export async function openCustomizations(
  text: string | undefined,
  settings: Settings,
  connection: Connection,
): Promise<CustomizationDoor> {
  const session = onlineSession(connection, 'Customization jobs')
  const [{selectRegions}, {metricsReader}, source, capacity, store] = await Promise.all([
    import('../routing/select-regions.js'),
    import('../customizations/metrics/read-metrics.js'),
    session.customizations(),
    session.capacity(),
    session.objectStore(),
  ])
  const asked = {asked: settings.regions, configured: connection.configuredRegion, otherwise: 'configured'} as const
  const home = text === undefined ? undefined : regionOfArn(text)
  const regions = home === undefined ? selectRegions(asked, connection.catalog) : [home]
  return {source, capacity, store, metrics: metricsReader(store), places: {regions, asked: settings.regions}}
}

/** The job that a command names, with what else is needed for it. */
export async function openJob(
  text: string,
  settings: Settings,
  connection: Connection,
  signal: AbortSignal,
): Promise<CustomizationDoor & {readonly job: CustomizationJob}> {
  const [door, {findJob}] = await Promise.all([
    openCustomizations(text, settings, connection),
    import('../customizations/follow/find-job.js'),
  ])
  return {...door, job: await findJob(text, door.places, door.source, signal)}
}
