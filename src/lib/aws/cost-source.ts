import {
  CostExplorerClient,
  DataUnavailableException,
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandOutput,
  GetCostForecastCommand,
  type GetCostForecastCommandInput,
  type GetCostForecastCommandOutput,
  GetDimensionValuesCommand,
  type GroupDefinition,
  ListCostAllocationTagsCommand,
  type ResultByTime,
} from '@aws-sdk/client-cost-explorer'
import type {BillFilter, BillForecast, BillGroup, BillRow, BillSource, DayRange} from '../cost/actual/ports.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

// One endpoint a partition: https://docs.aws.amazon.com/cost-management/latest/userguide/ce-api.html
const ENDPOINTS: Readonly<Record<string, string>> = {'aws-cn': 'cn-northwest-1'}
const HOME = 'us-east-1'
const COST = 'UnblendedCost'
const QUANTITY = 'UsageQuantity'

/** `partition` says where Cost Explorer answers. */
export function createCostSource(wire: Wire, partition: string): BillSource {
  const region = ENDPOINTS[partition] ?? HOME
  let requests = 0

  const ask = <Answer>(
    operation: string,
    signal: AbortSignal | undefined,
    send: (client: CostExplorerClient, options: {abortSignal: AbortSignal}) => Promise<Answer>,
  ): Promise<Answer> => {
    const client = wire.client('ce', region, (config) => new CostExplorerClient(config))
    return wire.call('ce', {action: `ce:${operation}`, region}, signal, async (abortSignal) => {
      const answer = await send(client, {abortSignal})
      requests += 1
      return answer
    })
  }

  return {
    async bedrockServices({from, to}, account, signal) {
      const pages = pagesOf((NextPageToken) =>
        ask('GetDimensionValues', signal, (client, options) =>
          client.send(
            new GetDimensionValuesCommand({
              TimePeriod: {Start: from, End: to},
              Dimension: 'SERVICE',
              SearchString: 'Bedrock',
              Filter: valuesOf('LINKED_ACCOUNT', [account]),
              NextPageToken,
            }),
            options,
          ),
        ),
      )
      const values = await collectPages(pages, (page) => page.DimensionValues, tokenOf)
      return values.flatMap(({Value}) => Value ?? [])
    },

    async rows({range, granularity, filter, groupBy}, signal) {
      const pages = pagesOf((NextPageToken) =>
        ask('GetCostAndUsage', signal, (client, options) =>
          client.send(
            new GetCostAndUsageCommand({
              TimePeriod: {Start: range.from, End: range.to},
              Granularity: granularity,
              Metrics: [COST, QUANTITY],
              Filter: toExpression(filter),
              GroupBy: groupBy.map(toGroup),
              NextPageToken,
            }),
            options,
          ),
        ),
      )
      const results = await collectPages(pages, (page: GetCostAndUsageCommandOutput) => page.ResultsByTime, tokenOf)
      return results.flatMap((result) => toRows(result, groupBy))
    },

    forecast: (range, filter, level, signal) =>
      ask('GetCostForecast', signal, async (client, options) => {
        try {
          return toForecast(await client.send(new GetCostForecastCommand(forecastInput(range, filter, level)), options))
        } catch (error) {
          if (error instanceof DataUnavailableException) return null
          throw error
        }
      }),

    async activeTags(signal) {
      const pages = pagesOf((NextToken) =>
        ask('ListCostAllocationTags', signal, (client, options) =>
          client.send(new ListCostAllocationTagsCommand({Status: 'Active', NextToken}), options),
        ),
      )
      const tags = await collectPages(pages, (page) => page.CostAllocationTags, tokenOf)
      return tags.flatMap(({TagKey}) => TagKey ?? [])
    },

    requests: () => requests,
  }
}

function forecastInput({from, to}: DayRange, filter: BillFilter, level: number): GetCostForecastCommandInput {
  return {
    TimePeriod: {Start: from, End: to},
    // One span for the range: a month that has begun is forecast for its remaining days alone.
    Granularity: 'MONTHLY',
    Metric: 'UNBLENDED_COST',
    Filter: toExpression(filter),
    PredictionIntervalLevel: level,
  }
}

function toForecast({ForecastResultsByTime = [], Total}: GetCostForecastCommandOutput): BillForecast {
  const [span] = ForecastResultsByTime
  const amount = Total?.Amount ?? span?.MeanValue ?? '0'
  return {
    amount,
    currency: Total?.Unit ?? 'USD',
    low: span?.PredictionIntervalLowerBound ?? amount,
    high: span?.PredictionIntervalUpperBound ?? amount,
  }
}

interface Tokens {
  readonly NextPageToken?: string | undefined
  readonly NextToken?: string | undefined
}

const tokenOf = ({NextPageToken, NextToken}: Tokens): string | undefined => NextPageToken ?? NextToken

/** The SDK has no paginator for most operations of Cost Explorer. */
async function* pagesOf<Page extends Tokens>(ask: (token: string | undefined) => Promise<Page>): AsyncGenerator<Page> {
  let token: string | undefined
  do {
    const page = await ask(token)
    yield page
    token = tokenOf(page)
  } while (token !== undefined && token !== '')
}

function toExpression({services, account, regions, usageOnly}: BillFilter): Expression {
  return {
    And: [
      valuesOf('SERVICE', services),
      valuesOf('LINKED_ACCOUNT', [account]),
      ...(regions.length > 0 ? [valuesOf('REGION', regions)] : []),
      ...(usageOnly ? [valuesOf('RECORD_TYPE', ['Usage'])] : []),
    ],
  }
}

function valuesOf(Key: 'SERVICE' | 'LINKED_ACCOUNT' | 'REGION' | 'RECORD_TYPE', Values: readonly string[]): Expression {
  return {Dimensions: {Key, Values: [...Values]}}
}

function toGroup(group: BillGroup): GroupDefinition {
  return {Type: group.kind === 'tag' ? 'TAG' : 'DIMENSION', Key: group.key}
}

function toRows({TimePeriod, Groups, Total}: ResultByTime, groupBy: readonly BillGroup[]): readonly BillRow[] {
  const groups = groupBy.length === 0 ? [{Keys: [], Metrics: Total}] : (Groups ?? [])
  return groups.map(({Keys = [], Metrics = {}}) => ({
    from: TimePeriod?.Start ?? '',
    keys: Keys.map((key, index) => {
      const group = groupBy[index]
      // A tag comes as its key and its value: team$checkout; without the tag: team$.
      return group?.kind === 'tag' ? key.slice(group.key.length + 1) : key
    }),
    amount: Metrics[COST]?.Amount ?? '0',
    currency: Metrics[COST]?.Unit ?? 'USD',
    quantity: Metrics[QUANTITY]?.Amount ?? '0',
    unit: Metrics[QUANTITY]?.Unit ?? 'N/A',
  }))
}
