import type {AccountQuota} from '../../../account/quotas/quotas.schema.js'
import {BedrockctlError} from '../../../core/errors.js'
import type {Looked, TopicReader} from '../../../monitor/board/ports.js'
import {callerOf} from '../caller.js'
import type {MonitorDoor} from '../door.js'

/** Quotas change by request alone, and Service Quotas answers slowly. */
const EVERY_MS = 600_000

type Context = Parameters<NonNullable<import('../../../account/ports/readers.js').Readers['service-quotas:bedrock']>>[0]

/** Reads the quotas of a Region that calls, jobs and capacity are held against: as applied, and defaults for the rest. */
export function quotasReader({connection, session}: MonitorDoor): TopicReader<'quotas'> {
  return {
    topic: 'quotas',
    scope: 'region',
    everyMs: EVERY_MS,
    async look({nowMs, place, signal}): Promise<Looked<'quotas'>> {
      const region = place ?? ''
      const [{outputFactor}, {quotaJoiner}, {toLimit}, source, {account}] = await Promise.all([
        import('../../../account/quotas/classify-quota.js'),
        import('../../../account/quotas/join-quotas.js'),
        import('../../../monitor/board/quotas/to-limit.js'),
        session.accountReaders(),
        callerOf(session),
      ])
      const readers = await source.readersOf('service-quotas')
      const context: Context = {account, region, signal, now: new Date(nowMs), part: noPart}
      const [applied, defaults] = await Promise.all([
        readers['service-quotas:bedrock']?.(context, undefined) ?? null,
        defaultsOf(readers['service-quotas:bedrock-defaults']?.(context, undefined)),
      ])
      const quotas: readonly AccountQuota[] = quotaJoiner(connection.catalog)(region, applied, defaults)
      return {rows: quotas.flatMap((quota) => toLimit(quota, outputFactor) ?? []), metrics: 0}
    },
  }
}

/** What was raised is among the applied: without the defaults, only quotas that were never touched may be missing. */
async function defaultsOf<Value>(reading: Promise<Value> | undefined): Promise<Value | null> {
  try {
    return (await reading) ?? null
  } catch (error) {
    if (error instanceof BedrockctlError && error.code === 'ACCESS_DENIED') return null
    throw error
  }
}

/** Quotas have no parts of their own calls. */
const noPart: Context['part'] = () => Promise.reject(new Error('no part'))
