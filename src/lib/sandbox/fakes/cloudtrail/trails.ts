import type * as CloudTrail from '@aws-sdk/client-cloudtrail'
import {
  type AdvancedEventSelector,
  CloudTrailARNInvalidException,
  type EventSelector,
  InsightNotEnabledException,
  InvalidTrailNameException,
  type Trail as SentTrail,
  TrailNotFoundException,
} from '@aws-sdk/client-cloudtrail'
import {parseArn} from '../../../core/arn.js'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import {momentAt} from '../../world/moment.js'
import {asApi, type Trail} from '../../world/resources.js'
import {pageOf} from '../page.js'

/** A trail as seen from the called Region: at home there, or the shadow of a multi-Region one. */
interface SeenTrail {
  readonly trail: Trail
  readonly home: string
  readonly arn: string
  readonly startedAt: number
  readonly shadow: boolean
}

const MANAGEMENT_ONLY: EventSelector = {
  ReadWriteType: 'All',
  IncludeManagementEvents: true,
  DataResources: [],
  ExcludeManagementEventSources: [],
}

export const trails = handlersFor<typeof CloudTrail>()({
  DescribeTrails({trailNameList: names, includeShadowTrails = true}, context) {
    const seen = seenTrails(context).filter(
      ({trail, arn, shadow}) => names?.includes(arn) || (!shadow && (!names || names.includes(trail.name))) || !names,
    )
    const wanted = names ? seen : seen.filter(({shadow}) => includeShadowTrails || !shadow)
    return {trailList: wanted.map(describeTrail)}
  },

  ListTrails({NextToken}, context) {
    const page = pageOf(seenTrails(context), {token: NextToken, size: 100, scope: 'trails'})
    if (!page) throw new WireError('InvalidNextTokenException', 'Invalid next token.')
    const list = page.items.map(({arn, trail, home}) => ({TrailARN: arn, Name: trail.name, HomeRegion: home}))
    return {Trails: list, NextToken: page.next}
  },

  GetTrail({Name}, context) {
    return {Trail: describeTrail(findTrail(Name, context))}
  },

  GetTrailStatus({Name}, context) {
    const {trail, startedAt} = findTrail(Name, context)
    const {logging = true, startedOn, deliveryError} = trail
    const started = new Date(momentAt(startedOn, startedAt))
    const last = new Date(startedAt)
    return {
      IsLogging: logging,
      StartLoggingTime: started,
      ...(logging ? {LatestDeliveryTime: last} : {StopLoggingTime: last}),
      ...(deliveryError !== undefined && {LatestDeliveryError: deliveryError}),
      TimeLoggingStarted: started.toISOString(),
      TimeLoggingStopped: logging ? '' : last.toISOString(),
      LatestDeliveryAttemptTime: last.toISOString(),
      LatestDeliveryAttemptSucceeded: deliveryError === undefined ? last.toISOString() : '',
      LatestNotificationAttemptTime: '',
      LatestNotificationAttemptSucceeded: '',
    }
  },

  GetEventSelectors({TrailName}, context) {
    const {trail, arn} = findTrail(TrailName, context)
    if (trail.advancedSelectors) {
      return {TrailARN: arn, AdvancedEventSelectors: asApi<AdvancedEventSelector[]>(trail.advancedSelectors)}
    }
    return {TrailARN: arn, EventSelectors: asApi<EventSelector[]>(trail.selectors ?? [MANAGEMENT_ONLY])}
  },

  GetInsightSelectors({TrailName = ''}, context) {
    const {arn} = findTrail(TrailName, context)
    const message = `Trail ${arn} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.`
    throw new InsightNotEnabledException({message, $metadata: {}})
  },
})

/** Own trails, and those of the organisation, which its management account has. */
function seenTrails({world, account, region}: RequestContext): readonly SeenTrail[] {
  const manager = world.organization?.managementAccount
  const member = world.organization?.accounts.has(account) ?? false
  const owners = [account, ...(manager !== undefined && manager !== account && member ? [manager] : [])]
  return owners.flatMap((owner) => {
    const state = world.accounts.get(owner)
    if (!state) return []
    const {resources, partition} = state
    return [...resources.byRegion].flatMap(([home, {trails: own = [], startedAt}]) =>
      own
        .filter(
          ({organization, multiRegion = true}) =>
            (owner === account || organization) && (home === region || multiRegion),
        )
        .map((trail) => ({
          trail,
          home,
          arn: `arn:${partition}:cloudtrail:${home}:${owner}:trail/${trail.name}`,
          startedAt,
          shadow: home !== region,
        })),
    )
  })
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{2,127}$/

/** By name at home, by ARN wherever it is seen. */
function findTrail(wanted: string, context: RequestContext): SeenTrail {
  const isArn = wanted.startsWith('arn:')
  if (isArn && parseArn(wanted)?.service !== 'cloudtrail') {
    throw new CloudTrailARNInvalidException({message: `${wanted} is not a valid trail ARN.`, $metadata: {}})
  }
  if (!isArn && !NAME.test(wanted)) {
    const message = 'Trail name must be between 3 and 128 letters, digits, periods, underscores or hyphens.'
    throw new InvalidTrailNameException({message, $metadata: {}})
  }
  const found = seenTrails(context).find(({arn, trail, shadow}) =>
    isArn ? arn === wanted : !shadow && trail.name === wanted,
  )
  if (found) return found
  throw new TrailNotFoundException({
    message: `Unknown trail: ${wanted} for the user: ${context.account}`,
    $metadata: {},
  })
}

function describeTrail({trail, home, arn}: SeenTrail): SentTrail {
  const {multiRegion = true, globalEvents = multiRegion, validation = true, organization = false} = trail
  return {
    Name: trail.name,
    S3BucketName: trail.bucket,
    ...(trail.keyPrefix !== undefined && {S3KeyPrefix: trail.keyPrefix}),
    IncludeGlobalServiceEvents: globalEvents,
    IsMultiRegionTrail: multiRegion,
    HomeRegion: home,
    TrailARN: arn,
    LogFileValidationEnabled: validation,
    ...(trail.logGroupArn !== undefined && {CloudWatchLogsLogGroupArn: trail.logGroupArn}),
    ...(trail.logRoleArn !== undefined && {CloudWatchLogsRoleArn: trail.logRoleArn}),
    ...(trail.kmsKeyArn !== undefined && {KmsKeyId: trail.kmsKeyArn}),
    HasCustomEventSelectors: trail.selectors !== undefined || trail.advancedSelectors !== undefined,
    HasInsightSelectors: false,
    IsOrganizationTrail: organization,
  }
}
