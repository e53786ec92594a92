import {read, readPart} from '../../../account/read.js'
import type {ReadItem, ReadValues} from '../../../account/snapshot.schema.js'
import {parseArn} from '../../../core/arn.js'
import {plural} from '../../../core/text.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {judgeAccountRead} from '../../facts/account-read.js'
import type {Missing} from '../../finding.schema.js'
import {configEvidence, judgeResource, missingOf} from '../../judge-resource.js'

const DETAILS = 'iam:authorization-details'
const CREDENTIALS = 'iam:key-user-credentials'
const REPORT = 'iam:credential-report'
/** The console names so the user it makes for a key (Bedrock User Guide, API keys). */
const AUTO_CREATED = /^BedrockAPIKey-/
/** The one policy the console attaches to it. */
const DEFAULT_POLICY = 'AmazonBedrockLimitedAccess'

type Details = ReadValues[typeof DETAILS]
type User = Details['users'][number]

/** What was found out about one side of a user. */
interface Findings {
  readonly defects: readonly string[]
  readonly gaps: readonly Missing[]
}

export const keyUserCheck: Check = {
  id: 'IAM-14',
  family: 'IAM',
  severity: 'high',
  title: 'A user made for an API key is good for nothing else',
  why: 'Nobody watches the users that Bedrock makes for API keys. One with a password, an access key or further policies is a way into the account that outlives the key.',
  resource: 'user made for an API key',
  failsWhen:
    'a user named BedrockAPIKey-… also has a console password, access keys, a login without MFA, or policies other than AmazonBedrockLimitedAccess',
  reads: [DETAILS, CREDENTIALS, REPORT],
  references: [
    {
      title: 'API keys for Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bedrock.html',
    },
  ],
  judge: (context) =>
    judgeAccountRead(context, DETAILS, (details) =>
      details.users.filter(({name}) => AUTO_CREATED.test(name)).map((user) => judgeUser(user, details, context)),
    ),
}

function judgeUser(user: User, details: Details, context: AuditContext): Judged {
  const {name, arn} = user
  const policies = furtherPolicies(user, details)
  const credentials = furtherCredentials(user, context)
  return judgeResource(
    {region: 'global', resource: {type: 'user', id: arn, name}},
    {
      defects: [...credentials.defects, ...policies.defects],
      gaps: [...credentials.gaps, ...policies.gaps],
      fine: `It has neither password nor access keys, and no policy but ${DEFAULT_POLICY}`,
      evidence: [
        configEvidence(
          `policies: ${[...user.attachedPolicies, ...user.inlinePolicies.map((one) => one.name)].join(', ') || 'none'}`,
          DETAILS,
        ),
        configEvidence(`groups: ${user.groups.join(', ') || 'none'}`, DETAILS),
      ],
      fix: {
        summary: 'Take from the user all but its key, or delete it and let the application use a role.',
        cli: [
          `aws iam delete-login-profile --user-name ${name}`,
          `aws iam list-access-keys --user-name ${name}`,
          `aws iam delete-access-key --user-name ${name} --access-key-id <ACCESS-KEY-ID>`,
          ...user.attachedPolicies
            .filter((policy) => !isDefault(policy))
            .map((policy) => `aws iam detach-user-policy --user-name ${name} --policy-arn ${policy}`),
          ...user.inlinePolicies.map(
            (one) => `aws iam delete-user-policy --user-name ${name} --policy-name ${one.name}`,
          ),
          ...user.groups.map((group) => `aws iam remove-user-from-group --user-name ${name} --group-name ${group}`),
        ],
      },
    },
  )
}

function isDefault(policy: string): boolean {
  const arn = parseArn(policy)
  return arn?.account === 'aws' && arn.resource.endsWith(`/${DEFAULT_POLICY}`)
}

function furtherPolicies({attachedPolicies, inlinePolicies, groups}: User, details: Details): Findings {
  const attached = attachedPolicies.filter((policy) => !isDefault(policy)).map(lastPart)
  const inline = inlinePolicies.map(({name}) => name)
  const ofGroups = groups.map((name) => ({name, group: details.groups.find((one) => one.name === name)}))
  const brought = ofGroups.flatMap(({name, group}) => {
    const more = [
      ...(group?.attachedPolicies ?? []).filter((policy) => !isDefault(policy)),
      ...(group?.inlinePolicies ?? []),
    ]
    return more.length > 0 ? [name] : []
  })
  return {
    defects: [
      ...(attached.length > 0 ? [`it holds ${attached.join(', ')} besides what came with the key`] : []),
      ...(inline.length > 0 ? [`it has inline policies: ${inline.join(', ')}`] : []),
      ...(brought.length > 0 ? [`it gets policies from the groups ${brought.join(', ')}`] : []),
    ],
    gaps: ofGroups
      .filter(({group}) => group === undefined)
      .map(({name}) => ({
        action: 'iam:GetAccountAuthorizationDetails',
        code: 'ABSENT',
        reason: `the policies of group ${name} were not read`,
      })),
  }
}

/** Asked of the user itself; where that failed, or it holds no key any more, of the credential report. */
function furtherCredentials(user: User, context: AuditContext): Findings {
  const asked = read(context.snapshot, CREDENTIALS)
  const own = asked.state === 'read' ? asked.value.find((one) => one.user === user.name) : undefined
  const found = own && ownCredentials(own)
  if (found?.gaps.length === 0) return found
  const reported = reportedCredentials(user, context)
  if (reported !== undefined) return found?.defects.length ? {...found, gaps: []} : reported
  if (found !== undefined) return found
  const gap =
    asked.state === 'unread'
      ? missingOf(asked)
      : {
          action: 'iam:GetLoginProfile',
          code: 'NOT_COLLECTED',
          reason: `password and access keys of ${user.name} were not read`,
        }
  return {defects: [], gaps: [gap]}
}

function ownCredentials({loginProfile, accessKeys, mfaDevices}: ReadItem<typeof CREDENTIALS>): Findings {
  const login = readPart(loginProfile)
  const keys = readPart(accessKeys)
  const mfa = readPart(mfaDevices)
  const withoutMfa = mfa.state === 'read' && mfa.value === 0
  const found = keys.state === 'read' ? keys.value : []
  return {
    defects: [
      ...(login.state === 'read' && login.value ? [withoutMfa ? PASSWORD_ALONE : PASSWORD] : []),
      ...(found.length > 0 ? [`it has access keys: ${found.map(({status}) => status).join(', ')}`] : []),
    ],
    // Whether there is MFA matters only to somebody who can sign in, which is a defect already.
    gaps: [login, keys].flatMap((reading) => (reading.state === 'unread' ? [missingOf(reading)] : [])),
  }
}

const PASSWORD = 'it has a password for the console'
const PASSWORD_ALONE = 'it has a password for the console and no MFA'

function reportedCredentials({arn}: User, {snapshot}: AuditContext): Findings | undefined {
  const report = read(snapshot, REPORT)
  const row = report.state === 'read' ? report.value.rows.find((one) => one.arn === arn) : undefined
  if (row === undefined || row.password === null) return undefined
  const active = row.accessKeys.filter((key) => key.active)
  return {
    defects: [
      ...(row.password ? [row.mfa ? PASSWORD : PASSWORD_ALONE] : []),
      ...(active.length > 0 ? [`it has ${plural(active.length, 'active access key')}`] : []),
    ],
    gaps: [],
  }
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
