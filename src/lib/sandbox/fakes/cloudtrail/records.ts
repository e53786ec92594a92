import type {Event} from '@aws-sdk/client-cloudtrail'
import type {TrailEvent} from '../../world/resources.js'
import {hexId, iamId} from '../../world/unique-id.js'

export interface EventPlace {
  readonly account: string
  readonly region: string
  readonly partition: string
  readonly startedAt: number
}

const MINUTE_MS = 60_000

/** An event of the scenario and its repetitions, as the event history has them. */
export function eventRecords(event: TrailEvent, index: number, place: EventPlace): Event[] {
  const {times = 1, everyMinutes = 60, minutesAgo} = event
  return Array.from({length: times}, (_, repetition) => {
    const at = place.startedAt - (minutesAgo + repetition * everyMinutes) * MINUTE_MS
    return eventRecord(
      event,
      `${place.account}/${place.region}/${index}/${repetition}`,
      Math.floor(at / 1000) * 1000,
      place,
    )
  })
}

/** One event; `seed` is what its ids are made of. */
export function eventRecord(
  event: Omit<TrailEvent, 'minutesAgo'>,
  seed: string,
  at: number,
  place: Omit<EventPlace, 'startedAt'>,
  parameters?: Readonly<Record<string, unknown>>,
): Event {
  const {name, source = 'bedrock.amazonaws.com', readOnly = true, model} = event
  const identity = identityOf(event, place)
  const id = uuid(`event/${seed}`)
  return {
    EventId: id,
    EventName: name,
    ReadOnly: String(readOnly),
    AccessKeyId: identity.accessKeyId,
    EventTime: new Date(at),
    EventSource: source,
    Username: identity.username,
    Resources: model === undefined ? [] : [{ResourceType: 'AWS::Bedrock::Model', ResourceName: model}],
    CloudTrailEvent: JSON.stringify({
      eventVersion: '1.11',
      userIdentity: identity.userIdentity,
      eventTime: new Date(at).toISOString().replace('.000', ''),
      eventSource: source,
      eventName: name,
      awsRegion: place.region,
      sourceIPAddress: event.sourceIp ?? '203.0.113.10',
      userAgent: event.userAgent ?? 'aws-sdk-js/3.1162.0',
      ...(event.error && {errorCode: event.error.code, errorMessage: event.error.message}),
      requestParameters: parameters ?? (model === undefined ? null : {modelId: model}),
      responseElements: null,
      ...additionalData(event),
      requestID: uuid(`request/${seed}`),
      eventID: id,
      readOnly,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: place.account,
      ...(event.vpcEndpoint !== undefined && {vpcEndpointId: event.vpcEndpoint}),
      eventCategory: 'Management',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: hostOf(event, place),
      },
    }),
  }
}

function additionalData({inferenceRegion, bearerToken}: Pick<TrailEvent, 'inferenceRegion' | 'bearerToken'>) {
  if (inferenceRegion === undefined && bearerToken !== true) return {}
  return {
    additionalEventData: {
      ...(inferenceRegion !== undefined && {inferenceRegion}),
      ...(bearerToken === true && {callWithBearerToken: true}),
    },
  }
}

const RUNTIME = /^(Converse|InvokeModel|ApplyGuardrail|CountTokens)/

function hostOf(
  {name, source = 'bedrock.amazonaws.com'}: Pick<TrailEvent, 'name' | 'source'>,
  {region}: Pick<EventPlace, 'region'>,
): string {
  const service = source.replace('.amazonaws.com', '')
  return `${service}${service === 'bedrock' && RUNTIME.test(name) ? '-runtime' : ''}.${region}.amazonaws.com`
}

function identityOf(
  {by, accessKeyId}: Pick<TrailEvent, 'by' | 'accessKeyId'>,
  {account, partition}: Pick<EventPlace, 'account' | 'partition'>,
) {
  const [kind = '', name = '', session = 'session'] = by.split('/')
  const digits = hexId(`${account}/${by}`, 16).toUpperCase()
  const iam = `arn:${partition}:iam::${account}`
  if (kind === 'root') {
    const userIdentity = {type: 'Root', principalId: account, arn: `${iam}:root`, accountId: account}
    return {username: 'root', accessKeyId, userIdentity}
  }
  if (kind === 'role') {
    const key = accessKeyId ?? `ASIA${digits}`
    const roleId = iamId('AROA', account, name)
    const sessionIssuer = {
      type: 'Role',
      principalId: roleId,
      arn: `${iam}:role/${name}`,
      accountId: account,
      userName: name,
    }
    const userIdentity = {
      type: 'AssumedRole',
      principalId: `${roleId}:${session}`,
      arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`,
      accountId: account,
      accessKeyId: key,
      sessionContext: {sessionIssuer, attributes: {mfaAuthenticated: 'false'}},
    }
    return {username: session, accessKeyId: key, userIdentity}
  }
  const key = accessKeyId ?? `AKIA${digits}`
  const userIdentity = {
    type: 'IAMUser',
    principalId: iamId('AIDA', account, name),
    arn: `${iam}:user/${name}`,
    accountId: account,
    accessKeyId: key,
    userName: name,
  }
  return {username: name, accessKeyId: key, userIdentity}
}

function uuid(name: string): string {
  const hex = hexId(name, 32)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-')
}
