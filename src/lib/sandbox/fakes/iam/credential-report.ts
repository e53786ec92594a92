import type * as Iam from '@aws-sdk/client-iam'
import {
  CredentialReportExpiredException,
  CredentialReportNotPresentException,
  CredentialReportNotReadyException,
} from '@aws-sdk/client-iam'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {AccessKey, User} from '../../world/iam-state.js'
import {iam} from './lookup.js'

/** AWS names no time; long enough that whoever does not wait gets nothing. */
const TAKES_MS = 600
const FOUR_HOURS_MS = 4 * 3_600_000
const NONE = 'N/A'

export const credentialReport = handlersFor<typeof Iam>()({
  GenerateCredentialReport(_input, context) {
    const state = iam(context)
    const report = state.credentialReport
    const now = context.now()
    if (report && now < report.startedAt + FOUR_HOURS_MS) {
      return now < report.completesAt
        ? {State: 'INPROGRESS', Description: 'Report generation is in progress'}
        : {State: 'COMPLETE'}
    }
    state.credentialReport = {startedAt: now, completesAt: now + TAKES_MS}
    return {State: 'STARTED', Description: 'No report exists. Starting a new report generation task'}
  },

  GetCredentialReport(_input, context) {
    const report = iam(context).credentialReport
    if (!report) {
      const message = 'There is no credential report. Generate one with GenerateCredentialReport.'
      throw new CredentialReportNotPresentException({message, $metadata: {}})
    }
    if (context.now() < report.completesAt) {
      throw new CredentialReportNotReadyException({message: 'Credential report is not ready.', $metadata: {}})
    }
    if (context.now() >= report.completesAt + FOUR_HOURS_MS) {
      throw new CredentialReportExpiredException({message: 'The credential report has expired.', $metadata: {}})
    }
    return {
      Content: Buffer.from(table(context)),
      ReportFormat: 'text/csv',
      GeneratedTime: new Date(report.completesAt),
    }
  },
})

// The columns as the IAM user guide has them, getting a credential report.
const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...['1', '2'].flatMap((key) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (column) => `access_key_${key}_${column}`,
    ),
  ),
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
]

function table(context: RequestContext): string {
  const {createdAt, partition, id} = context.world.account(context.account)
  const root = ['<root_account>', `arn:${partition}:iam::${id}:root`, time(createdAt)]
  const rootLogin = ['not_supported', 'no_information', 'not_supported', 'not_supported', 'true']
  const certificates = ['false', NONE, 'false', NONE]
  const rows = [
    COLUMNS,
    [...root, ...rootLogin, ...keyColumns(undefined), ...keyColumns(undefined), ...certificates],
    ...iam(context).users.map((user) => [...userColumns(user), ...certificates]),
  ]
  return rows.map((row) => row.join()).join('\n')
}

function userColumns(user: User): readonly string[] {
  const {name, arn, createdAt, console: login, mfa, accessKeys} = user
  const lastUsed = login?.lastUsedAt
  const password = login
    ? ['true', lastUsed === undefined ? 'no_information' : time(lastUsed), time(login.createdAt), NONE]
    : ['false', NONE, NONE, NONE]
  return [
    name,
    arn,
    time(createdAt),
    ...password,
    String(mfa),
    ...keyColumns(accessKeys[0]),
    ...keyColumns(accessKeys[1]),
  ]
}

function keyColumns(key: AccessKey | undefined): readonly string[] {
  if (!key) return ['false', NONE, NONE, NONE, NONE]
  const {active, createdAt, lastUsed} = key
  const use = lastUsed ? [time(lastUsed.at), lastUsed.region, lastUsed.service] : [NONE, NONE, NONE]
  return [String(active), time(createdAt), ...use]
}

/** The report has seconds and an offset. */
function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}+00:00`
}
