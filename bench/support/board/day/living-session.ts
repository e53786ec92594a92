import type {AwsSession} from '../../../../src/lib/aws/session.js'
import type {Catalog} from '../../../../src/lib/catalog/catalog.js'
import {CalledModels} from './called-models.js'
import {runningJobs} from './running-jobs.js'
import type {SimulatedClock} from './simulated-clock.js'
import {flowingTrail, ringingAlarms} from './trail-and-alarms.js'
import {refuseAtTimes} from './troubles.js'

/** What is answered in memory is asked over the wire too so often, for each question and Region. */
const WIRE_EVERY_MS = 60 * 60_000

/**
 * The session of an account that lives: what a board asks every few seconds is answered in memory, and now and then
 * over the wire as well, so that clients, answers and what they leave are in the memory that is measured. The rest goes
 * to the real session.
 */
export function livingSession(session: AwsSession, catalog: Catalog, rows: number, clock: SimulatedClock): AwsSession {
  const now = () => clock.nowMs
  const jobs = runningJobs(now)
  const traffic = new CalledModels(catalog, rows, now)
  const [trail, alarms] = [flowingTrail(), ringingAlarms(now)]
  const beside = besideWire(clock)
  const own: Partial<AwsSession> = {
    trafficMetrics: async () => beside(await session.trafficMetrics(), traffic, 'cloudwatch:GetMetricData'),
    alarms: async () => beside(await session.alarms(), alarms, 'cloudwatch:DescribeAlarms'),
    trail: async () => beside(await session.trail(), trail, 'cloudtrail:LookupEvents'),
    batchJobs: async () => beside(await session.batchJobs(), jobs.batchJobs, 'bedrock:ListModelInvocationJobs'),
    customizations: async () => beside(await session.customizations(), jobs.customizations, 'bedrock:Customizations'),
    imports: async () => beside(await session.imports(), jobs.imports, 'bedrock:ListModelImportJobs'),
    modelJobs: async () => beside(await session.modelJobs(), jobs.modelJobs, 'bedrock:ListEvaluationJobs'),
    objectStore: async () => ({...(await session.objectStore()), ...jobs.objectStore}),
  }
  return Object.assign(Object.create(session), own)
}

/** A source that answers in memory, beside the real one; at its times it refuses. */
function besideWire(clock: SimulatedClock) {
  const askedAtMs = new Map<string, number>()
  return <Source extends object>(real: Source, answers: Partial<Source>, action: string): Source =>
    new Proxy(real, {
      get(target, name) {
        const answer: unknown = Reflect.get(answers, name)
        const asked: unknown = Reflect.get(target, name)
        if (typeof answer !== 'function' || typeof asked !== 'function') return answer ?? asked
        return (region: string, ...words: readonly unknown[]) => {
          refuseAtTimes(region, action, clock.nowMs)
          const key = `${action} ${String(name)} ${region}`
          if (clock.nowMs - (askedAtMs.get(key) ?? 0) >= WIRE_EVERY_MS) {
            askedAtMs.set(key, clock.nowMs)
            void clock.during(wholly(Reflect.apply(asked, target, [region, ...words]))).catch(() => undefined)
          }
          return Reflect.apply(answer, answers, [region, ...words])
        }
      },
    })
}

/** Waits for an answer, or for the first page of one that comes in pages. */
async function wholly(answer: unknown): Promise<void> {
  if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer)) await answer
  else for await (const _ of answer as AsyncIterable<unknown>) return
}
