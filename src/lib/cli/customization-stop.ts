import type {Settings} from '../config/settings.js'
import type {CustomizationStopResult, StopItem} from '../customizations/stop/customization-stop.schema.js'
import type {Connection} from './connect.js'
import {openJob} from './open-customizations.js'

export interface OpenedCustomizationStop {
  /** Undefined where nothing would be stopped. */
  readonly question: string | undefined
  stop(options: {readonly wait: boolean; readonly dryRun: boolean}): Promise<CustomizationStopResult>
}

/** Finds each job; nothing is stopped before `stop` is called. */
export async function openCustomizationStop(
  texts: readonly string[],
  settings: Settings,
  connection: Connection,
  signal: AbortSignal,
): Promise<OpenedCustomizationStop> {
  const [{planStop, stopJobs, stopQuestion}, ...opened] = await Promise.all([
    import('../customizations/stop/stop-jobs.js'),
    ...texts.map(async (text) => ({text, ...(await openJob(text, settings, connection, signal))})),
  ])
  const items = planStop(opened)
  return {
    question: stopQuestion(items),
    stop: async ({dryRun, wait}) => {
      const stopped = dryRun ? items : await stopAll(items)
      const ended = wait && !dryRun ? await awaitEnds(stopped) : stopped
      return {
        schemaVersion: 1,
        simulated: connection.simulated(),
        unread: [],
        dryRun,
        jobs: ended,
        next: ended.filter(isStopping).map(({name, region}) => watchCommand(name, region)),
      }
    },
  }

  async function stopAll(planned: readonly StopItem[]): Promise<readonly StopItem[]> {
    const [first] = opened
    return first === undefined ? [] : stopJobs(planned, first.source, signal)
  }

  async function awaitEnds(stopped: readonly StopItem[]): Promise<readonly StopItem[]> {
    const [{watchJob}, {realClock}] = await Promise.all([
      import('../customizations/watch/watch-job.js'),
      import('../jobs/clock.js'),
    ])
    const ended: StopItem[] = []
    for (const [index, item] of stopped.entries()) {
      const door = opened[index]
      if (door === undefined || !isStopping(item)) {
        ended.push(item)
        continue
      }
      const {metrics, source} = door
      const quiet = {intervalMs: undefined, timeoutMs: undefined, onLook: () => undefined, onTrouble: () => undefined}
      const {job} = await watchJob(
        {region: item.region, arn: item.arn, signal, ...quiet},
        {source, metrics, clock: realClock},
      )
      ended.push(job?.state === 'Stopped' ? {...item, outcome: 'stopped'} : item)
    }
    return ended
  }
}

function isStopping({outcome}: StopItem): boolean {
  return outcome === 'stopping' || outcome === 'already-stopping'
}

function watchCommand(name: string, region: string): string {
  return `bedrockctl customizations watch ${name} --region ${region}`
}
