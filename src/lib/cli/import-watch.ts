import type {Settings} from '../config/settings.js'
import type {ImportJob} from '../imports/ports.js'
import type {ImportsWatchResult} from '../imports/watch/imports-watch.schema.js'
import type {ImportLook} from '../imports/watch/watch-import.js'
import type {Connection} from './connect.js'
import {type ImportDoor, openImports} from './open-imports.js'
import type {WatchTimes} from './read-wait.js'
import type {WatchView} from './watch-view.js'

/** Watches JOB until its end, and gives what it came to. */
export async function runImportWatch(
  text: string,
  times: WatchTimes,
  settings: Settings,
  connection: Connection,
  view: WatchView<ImportLook>,
): Promise<ImportsWatchResult> {
  const door = await openImports(settings, connection)
  const {findImport, noImport} = await import('../imports/find-import.js')
  const job = (await findImport(text, door, door.source, view.signal))?.job
  if (job === undefined) throw noImport(text, 'import job', door.regions)
  return followImport(job, times, door, connection, view)
}

/** Follows a job that is known to be there. */
export async function followImport(
  {arn, region}: Pick<ImportJob, 'arn' | 'region'>,
  times: WatchTimes,
  {source}: Pick<ImportDoor, 'source'>,
  connection: Connection,
  view: WatchView<ImportLook>,
): Promise<ImportsWatchResult> {
  const [{watchImport}, {importPace}, {realClock}, earlier] = await Promise.all([
    import('../imports/watch/watch-import.js'),
    import('../imports/watch/import-pace.js'),
    import('../jobs/clock.js'),
    source.jobs(region, {state: 'Completed'}, view.signal),
  ])
  const watched = await watchImport(
    {
      region,
      arn,
      pace: importPace(
        earlier.filter((job) => job.arn !== arn),
        Date.now(),
      ),
      ...times,
      signal: view.signal,
      onLook: (sighting) => view.onLook(sighting, connection.simulated()),
      onTrouble: (failure, waitMs) => view.onTrouble(failure, waitMs),
    },
    {source, clock: realClock},
  )
  return {schemaVersion: 1, simulated: connection.simulated(), ...watched}
}
