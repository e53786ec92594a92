import type {RequestContext} from '../../handler.js'
import {momentAt} from '../../world/moment.js'
import {placeOf} from '../account-place.js'
import {findOwn} from './own-lists.js'
import {resourceHere} from './place.js'
import {notFound} from './refusals.js'

/** A job as the lists and lookups know it: `detail` is what its own kind adds. */
export interface PlacedJob<Detail> {
  readonly arn: string
  readonly name: string
  readonly status: string
  readonly createdAt: number
  readonly endedAt: number | undefined
  readonly detail: Detail
}

interface Job {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly createdOn: string
  readonly endedOn?: string | undefined
  /** Of one that runs: it completes after so long. */
  readonly takesMinutes?: number | undefined
}

const MINUTE_MS = 60_000

/** The jobs of one kind that the scenario declares; `kind` is the first part of their ARNs' resource. */
export function placedJobs<One extends Job>(
  jobs: readonly One[] | undefined,
  kind: string,
  context: RequestContext,
): PlacedJob<One>[] {
  const {arn, resources} = placeOf(context)
  const at = (day: string): number => momentAt(day, resources.startedAt)
  return (jobs ?? []).map((job) => {
    const createdAt = at(job.createdOn)
    const endsAt = job.status === 'InProgress' ? createdAt + (job.takesMinutes ?? Infinity) * MINUTE_MS : Infinity
    const completed = endsAt <= context.now()
    return {
      arn: arn('bedrock', `${kind}/${job.id}`),
      name: job.name,
      status: completed ? 'Completed' : job.status,
      createdAt,
      endedAt: completed ? endsAt : job.endedOn === undefined ? undefined : at(job.endedOn),
      detail: job,
    }
  })
}

/** By ARN, the last part of it, or name. */
export function findJob<One extends PlacedJob<unknown>>(
  jobs: readonly One[],
  wanted: string,
  context: RequestContext,
): One {
  resourceHere(wanted, context)
  const found = findOwn(new Map(jobs.map((job) => [job.arn, job])), wanted)
  if (!found) throw notFound(`The job ${wanted} was not found.`)
  return found
}

export const dateOf = (time: number | undefined): Date | undefined => (time === undefined ? undefined : new Date(time))
