import {type CloudWatchClient, paginateGetMetricData} from '@aws-sdk/client-cloudwatch'
import type {MetricSubject} from '../../account/ports/readers.js'
import {metricBatches, metricRequest, pointsOf} from '../metric-data.js'
import type {Asking} from './asking.js'

/** Moment in milliseconds → value. */
export type Series = ReadonlyMap<number, number>

export interface SeriesRequest {
  readonly metric: MetricSubject
  readonly statistic: 'Sum'
}

interface Window {
  readonly from: Date
  readonly to: Date
  readonly periodSeconds: number
}

/** The datapoints of each metric in a window; none is an empty series. */
export async function readSeries(
  requests: readonly SeriesRequest[],
  {from, periodSeconds, to}: Window,
  cloudwatch: Asking<CloudWatchClient>,
): Promise<ReadonlyMap<MetricSubject, Series>> {
  const range = {from: from.getTime(), to: to.getTime(), periodSeconds}
  const queries = requests.map(({metric, statistic}) => ({
    metric: {
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({Name, Value})),
    },
    statistic,
  }))
  const read = async (batch: typeof queries) => {
    const results = await cloudwatch.all(
      'GetMetricData',
      (client, options) => paginateGetMetricData({client}, {...metricRequest(batch, range)}, options),
      (page) => page.MetricDataResults,
    )
    return pointsOf(batch.length, results)
  }
  const points = (await Promise.all(metricBatches(queries, range).map((batch) => read([...batch])))).flat()
  return new Map(requests.map(({metric}, index) => [metric, points[index] ?? new Map()] as const))
}
