import {
  GenerateCredentialReportCommand,
  GenerateServiceLastAccessedDetailsCommand,
  GetCredentialReportCommand,
  GetLoginProfileCommand,
  GetServiceLastAccessedDetailsCommand,
  type GetServiceLastAccessedDetailsResponse,
  IAMClient,
  ListServiceSpecificCredentialsCommand,
  paginateListAccessKeys,
  paginateListMFADevices,
} from '@aws-sdk/client-iam'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {ReadValues} from '../../account/snapshot.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {absentAs} from '../absent.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {parseCredentialReport} from './credential-report.js'
import {pause} from './pause.js'
import {moment} from './shapes.js'

type Iam = Asking<IAMClient>

const SERVICE = 'bedrock.amazonaws.com'
/** Most reports are there within a second; a minute is too long. */
const LOOK_AGAIN_MS = [150, 200, 300]
const THEN_EVERY_MS = 500
const LOOKS = 120
/** A report is mostly waited for. */
const REPORTS_AT_ONCE = 64

export function credentialReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'iam', prefix: 'iam', build: (config) => new IAMClient(config)})
  return {
    async 'iam:service-specific-credentials'(context) {
      const found = await ask(context).all(
        'ListServiceSpecificCredentials',
        (client, options) => credentialPages(client, options.abortSignal),
        (page) => page.ServiceSpecificCredentials,
      )
      return found.map((one) => ({
        id: one.ServiceSpecificCredentialId ?? '',
        user: one.UserName ?? '',
        service: one.ServiceName ?? '',
        status: one.Status ?? '',
        alias: one.ServiceCredentialAlias ?? null,
        createdAt: moment(one.CreateDate),
        expiresAt: moment(one.ExpirationDate),
      }))
    },
    'iam:key-user-credentials': (context, users) => readKeyUsers(users, ask(context), context),
    'iam:credential-report': (context) => readReport(ask(context), context),
    'iam:last-accessed': (context, arns) => {
      const iam = ask(context)
      const read = async (arn: string) => ({
        arn,
        services: await context.part('iam:GenerateServiceLastAccessedDetails', () =>
          readLastAccessed(arn, iam, context),
        ),
      })
      return mapBounded(arns, read, REPORTS_AT_ONCE)
    },
  }
}

async function* credentialPages(client: IAMClient, abortSignal: AbortSignal) {
  let Marker: string | undefined
  do {
    const page = await client.send(
      new ListServiceSpecificCredentialsCommand({
        ServiceName: SERVICE,
        AllUsers: true,
        MaxItems: 1000,
        ...(Marker === undefined ? {} : {Marker}),
      }),
      {abortSignal},
    )
    Marker = page.IsTruncated ? page.Marker : undefined
    yield page
  } while (Marker !== undefined)
}

function readKeyUsers(
  users: readonly string[],
  iam: Iam,
  context: ReadContext,
): Promise<ReadValues['iam:key-user-credentials']> {
  return mapBounded(users, async (UserName) => {
    const [loginProfile, accessKeys, mfaDevices] = await Promise.all([
      context.part('iam:GetLoginProfile', () => {
        const asked = iam.one('GetLoginProfile', (client, options) =>
          client.send(new GetLoginProfileCommand({UserName}), options),
        )
        return absentAs(
          asked.then(() => true),
          false,
        )
      }),
      context.part('iam:ListAccessKeys', async () => {
        const found = await iam.all(
          'ListAccessKeys',
          (client, options) => paginateListAccessKeys({client}, {UserName}, options),
          (page) => page.AccessKeyMetadata,
        )
        return found.map(({Status, CreateDate}) => ({status: Status ?? '', createdAt: moment(CreateDate)}))
      }),
      context.part('iam:ListMFADevices', async () => {
        const found = await iam.all(
          'ListMFADevices',
          (client, options) => paginateListMFADevices({client}, {UserName}, options),
          (page) => page.MFADevices,
        )
        return found.length
      }),
    ])
    return {user: UserName, loginProfile, accessKeys, mfaDevices}
  })
}

async function readReport(iam: Iam, context: ReadContext): Promise<ReadValues['iam:credential-report']> {
  await until('iam:GenerateCredentialReport', context, async () => {
    const answer = await iam.one('GenerateCredentialReport', (client, options) =>
      client.send(new GenerateCredentialReportCommand({}), options),
    )
    return answer.State === 'COMPLETE' ? answer : undefined
  })
  const report = await iam.one('GetCredentialReport', (client, options) =>
    client.send(new GetCredentialReportCommand({}), options),
  )
  return {
    generatedAt: moment(report.GeneratedTime),
    rows: parseCredentialReport(new TextDecoder().decode(report.Content)),
  }
}

async function readLastAccessed(Arn: string, iam: Iam, context: ReadContext) {
  const {JobId} = await iam.one('GenerateServiceLastAccessedDetails', (client, options) =>
    client.send(new GenerateServiceLastAccessedDetailsCommand({Arn}), options),
  )
  const read = (Marker?: string) =>
    iam.one('GetServiceLastAccessedDetails', (client, options) =>
      client.send(new GetServiceLastAccessedDetailsCommand({JobId, MaxItems: 1000, ...(Marker && {Marker})}), options),
    )
  let page: GetServiceLastAccessedDetailsResponse = await until(
    'iam:GetServiceLastAccessedDetails',
    context,
    async () => {
      const answer = await read()
      return answer.JobStatus === 'IN_PROGRESS' ? undefined : answer
    },
  )
  const services = [...(page.ServicesLastAccessed ?? [])]
  while (page.IsTruncated && page.Marker !== undefined) {
    page = await read(page.Marker)
    services.push(...(page.ServicesLastAccessed ?? []))
  }
  return services
    .filter(({ServiceNamespace}) => ServiceNamespace?.startsWith('bedrock'))
    .map((one) => ({
      namespace: one.ServiceNamespace ?? '',
      lastAccessedAt: moment(one.LastAuthenticated),
      region: one.LastAuthenticatedRegion ?? null,
    }))
}

/** Asks until there is an answer; a report that never comes is a failure of the service. */
async function until<Answer>(
  action: string,
  {signal}: ReadContext,
  look: () => Promise<Answer | undefined>,
): Promise<Answer> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const answer = await look()
    if (answer !== undefined) return answer
    await pause(LOOK_AGAIN_MS[looks] ?? THEN_EVERY_MS, signal)
  }
  throw new BedrockctlError('SERVICE_ERROR', `${action} has not finished its report within a minute.`, {
    fault: 'service',
    action,
    hint: 'Try again in a while.',
  })
}
