import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {DayRange, UsageSource} from './ports.js'
import type {RegionTokens} from './price-tokens.js'

/** What CloudWatch counted in each Region; one that cannot be read is named, and the others go on. */
export async function readTokens(
  regions: readonly string[],
  range: DayRange,
  source: UsageSource,
  signal: AbortSignal,
): Promise<{readonly tokens: readonly RegionTokens[]; readonly unread: readonly Unread[]}> {
  const unread: Unread[] = []
  const read = await Promise.all(
    regions.map(async (region): Promise<readonly RegionTokens[]> => {
      try {
        return [{region, series: await source.readTokens(region, range, signal)}]
      } catch (error) {
        if (!(error instanceof BedrockctlError) || error.code === 'INTERRUPTED') throw error
        unread.push(toUnread(error, region, 'cloudwatch:ListMetrics'))
        return []
      }
    }),
  )
  return {tokens: read.flat(), unread}
}
