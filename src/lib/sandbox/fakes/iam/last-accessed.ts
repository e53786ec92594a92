import type * as Iam from '@aws-sdk/client-iam'
import type {ServiceLastAccessed} from '@aws-sdk/client-iam'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import type {IamState, ManagedPolicy, PolicyDocument, PolicyHolder, Principal} from '../../world/iam-state.js'
import {hexId} from '../../world/unique-id.js'
import {grantedServices} from './granted-services.js'
import {holdersOf, iam, iamPage, managedPolicy, noSuchEntity} from './lookup.js'

/** AWS names no time; long enough that whoever does not wait gets nothing. */
const TAKES_MS = 600

export const lastAccessed = handlersFor<typeof Iam>()({
  GenerateServiceLastAccessedDetails({Arn, Granularity = 'SERVICE_LEVEL'}, context) {
    const state = iam(context)
    if (!subjectOf(Arn, state)) throw noSuchEntity(`ARN ${Arn} cannot be found.`)
    const id = jobId(context)
    const startedAt = context.now()
    state.reports.set(id, {id, arn: Arn, granularity: Granularity, startedAt, completesAt: startedAt + TAKES_MS})
    return {JobId: id}
  },

  GetServiceLastAccessedDetails({JobId, ...paging}, context) {
    const state = iam(context)
    const report = state.reports.get(JobId)
    if (!report) throw noSuchEntity(`Job with ID ${JobId} cannot be found.`)
    const subject = subjectOf(report.arn, state)
    if (!subject) throw new WireError('ServiceFailure', 'The subject of the report is gone.', 500)
    const job = {JobType: report.granularity, JobCreationDate: new Date(report.startedAt)}
    if (context.now() < report.completesAt) {
      // The model requires a day of completion even of a job that has none.
      const JobCompletionDate = job.JobCreationDate
      return {...job, JobStatus: 'IN_PROGRESS', JobCompletionDate, ServicesLastAccessed: [], IsTruncated: false}
    }
    const {items, ends} = iamPage(services(subject, context), paging, context, JobId)
    const JobCompletionDate = new Date(report.completesAt)
    return {...job, JobStatus: 'COMPLETED', JobCompletionDate, ServicesLastAccessed: items, ...ends}
  },
})

/** Ids are hexadecimal, in the form of a UUID. */
function jobId({world}: RequestContext): string {
  const hex = hexId(world.newId(16), 32)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

type Subject = PolicyHolder | ManagedPolicy

function subjectOf(arn: string, {users, groups, roles, policies}: IamState): Subject | undefined {
  return [...users, ...groups, ...roles].find((one) => one.arn === arn) ?? policies.get(arn)
}

/** Every service that the policies grant something of, and when it was last used, if ever. */
function services(subject: Subject, context: RequestContext): readonly ServiceLastAccessed[] {
  const state = iam(context)
  const principals = principalsOf(subject, state)
  return grantedServices(documentsOf(subject, state)).map(({namespace, name}) => {
    const uses = principals
      .map((principal) => ({arn: principal.arn, at: principal.lastAccessed[namespace]}))
      .filter((use): use is {arn: string; at: number} => use.at !== undefined)
      .sort((a, b) => b.at - a.at)
    const [latest] = uses
    return {
      ServiceName: name,
      ServiceNamespace: namespace,
      ...(latest && {
        LastAuthenticated: new Date(latest.at),
        LastAuthenticatedEntity: latest.arn,
        LastAuthenticatedRegion: 'us-east-1',
      }),
      TotalAuthenticatedEntities: uses.length,
    }
  })
}

/** Who can have used what the subject grants: itself, a group's members, or whom a policy is attached to. */
function principalsOf(subject: Subject, state: IamState): readonly Principal[] {
  const principals = [...state.users, ...state.roles]
  if (!('kind' in subject)) {
    const holders = holdersOf(subject, state)
    return [...new Set(holders.flatMap((holder) => principalsOf(holder, state)))]
  }
  return subject.kind === 'group'
    ? state.users.filter(({groups}) => groups.includes(subject.name))
    : principals.filter(({arn}) => arn === subject.arn)
}

function documentsOf(subject: Subject, state: IamState): readonly PolicyDocument[] {
  if (!('kind' in subject)) return subject.versions.slice(0, 1).map(({document}) => document)
  const user = state.users.find(({arn}) => arn === subject.arn)
  const groups = state.groups.filter(({name}) => user?.groups.includes(name))
  return [subject, ...groups].flatMap(({inline, attached}) => [
    ...Object.values(inline),
    ...attached.flatMap((name) =>
      (managedPolicy(name, state)?.versions ?? []).slice(0, 1).map(({document}) => document),
    ),
  ])
}
