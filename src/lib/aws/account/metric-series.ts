import {type CloudWatchClient, type MetricDataQuery, paginateGetMetricData} from '@aws-sdk/client-cloudwatch'
import type {MetricSubject} from '../../account/ports/readers.js'
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

/** GetMetricData takes 500 queries and gives 100,800 datapoints a call. */
const MOST_QUERIES = 500
const MOST_DATAPOINTS = 100_800

/** The datapoints of each metric in a window; none is an empty series. */
export async function readSeries(
  requests: readonly SeriesRequest[],
  window: Window,
  cloudwatch: Asking<CloudWatchClient>,
): Promise<ReadonlyMap<MetricSubject, Series>> {
  const datapoints = (window.to.getTime() - window.from.getTime()) / 1000 / window.periodSeconds
  const size = Math.max(1, Math.min(MOST_QUERIES, Math.floor(MOST_DATAPOINTS / datapoints)))
  const batches = Array.from({length: Math.ceil(requests.length / size)}, (_, index) =>
    requests.slice(index * size, (index + 1) * size),
  )
  const read = await Promise.all(batches.map((batch) => readBatch(batch, window, cloudwatch)))
  return new Map(read.flat())
}

async function readBatch(
  requests: readonly SeriesRequest[],
  {from: StartTime, to: EndTime, periodSeconds: Period}: Window,
  cloudwatch: Asking<CloudWatchClient>,
): Promise<readonly (readonly [MetricSubject, Series])[]> {
  const MetricDataQueries = requests.map(
    ({metric, statistic}, index): MetricDataQuery => ({
      Id: `q${index}`,
      MetricStat: {
        Metric: {
          Namespace: metric.namespace,
          MetricName: metric.name,
          Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({Name, Value})),
        },
        Period,
        Stat: statistic,
      },
    }),
  )
  const results = await cloudwatch.all(
    'GetMetricData',
    (client, options) => paginateGetMetricData({client}, {MetricDataQueries, StartTime, EndTime}, options),
    (page) => page.MetricDataResults,
  )
  const series = requests.map(() => new Map<number, number>())
  for (const {Id, Timestamps = [], Values = []} of results) {
    const its = series[Number(Id?.slice(1))]
    Timestamps.forEach((time, index) => {
      its?.set(time.getTime(), Values[index] ?? 0)
    })
  }
  return requests.map(({metric}, index) => [metric, series[index] ?? new Map()] as const)
}
