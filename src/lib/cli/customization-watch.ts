import type {Settings} from '../config/settings.js'
import type {MetricSeries} from '../customizations/metrics/metrics.schema.js'
import type {CustomizationWatchResult} from '../customizations/watch/customization-watch.schema.js'
import type {JobLook} from '../customizations/watch/watch-job.js'
import type {Connection} from './connect.js'
import {openJob} from './open-customizations.js'
import type {WatchTimes} from './read-wait.js'
import type {WatchView} from './watch-view.js'

/** Watches a job until its end, and gives what it came to with the metrics of the last look. */
export async function runCustomizationWatch(
  text: string,
  times: WatchTimes,
  settings: Settings,
  connection: Connection,
  view: WatchView<JobLook>,
): Promise<{readonly result: CustomizationWatchResult; readonly series: readonly MetricSeries[]}> {
  const {signal} = view
  const [{job, metrics, source}, {watchJob}, {realClock}] = await Promise.all([
    openJob(text, settings, connection, signal),
    import('../customizations/watch/watch-job.js'),
    import('../jobs/clock.js'),
  ])
  let series: readonly MetricSeries[] = []
  const watched = await watchJob(
    {
      region: job.region,
      arn: job.arn,
      ...times,
      signal,
      onLook: (sighting) => {
        series = sighting.seen.metrics.series
        view.onLook(sighting, connection.simulated())
      },
      onTrouble: (failure, waitMs) => view.onTrouble(failure, waitMs),
    },
    {source, metrics, clock: realClock},
  )
  return {result: {schemaVersion: 1, simulated: connection.simulated(), ...watched}, series}
}
