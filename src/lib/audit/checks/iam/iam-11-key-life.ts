import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {
  type ApiKey,
  daysSince,
  isUsable,
  judgeKeys,
  KEYS_READ,
  placeOfKey,
  unusableReason,
} from '../../facts/api-key.js'
import {configEvidence, judgeResource} from '../../judge-resource.js'

export const keyLifeCheck: Check = {
  id: 'IAM-11',
  family: 'IAM',
  severity: 'high',
  title: 'Bedrock API keys are young and live short',
  why: 'The longer one key works, the more places it was copied to and the longer a leaked copy is of use.',
  resource: 'service-specific credential',
  failsWhen:
    'it is an active Bedrock credential that is older than apiKeys.maxAgeDays (90), or has more than that still to live',
  unknownWhen: 'the age of the credential was not read',
  reads: [KEYS_READ],
  references: [
    {
      title: 'API keys for Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bedrock.html',
    },
  ],
  judge: (context) => judgeKeys(context, judgeKey),
}

function lifeDefect({user, expiresAt}: ApiKey, remaining: string, limit: number): string {
  if (expiresAt !== null) return `it lives ${remaining}, more than ${limit} days`
  return `the key of ${user} lives ${remaining}, where ${limit} days are allowed`
}

function judgeKey(key: ApiKey, {now, project}: AuditContext): Judged {
  const {id, user, createdAt, expiresAt} = key
  const limit = project.apiKeys.maxAgeDays
  const age = daysSince(createdAt, now)
  const left = expiresAt === null ? Number.POSITIVE_INFINITY : -(daysSince(expiresAt, now) ?? 0)
  const isOpen = isUsable(key, now)
  const remaining = expiresAt === null ? 'without an end' : `${Math.floor(left)} more days`
  return judgeResource(placeOfKey(key), {
    defects: isOpen
      ? [
          ...(age !== null && age > limit
            ? [`the key of ${user} is ${Math.floor(age)} days old, more than ${limit}`]
            : []),
          ...(left > limit ? [lifeDefect(key, remaining, limit)] : []),
        ]
      : [],
    gaps:
      isOpen && age === null
        ? [
            {
              action: 'iam:ListServiceSpecificCredentials',
              code: 'ABSENT',
              reason: `when ${id} was created was not read`,
            },
          ]
        : [],
    fine: isOpen
      ? `The key of ${user} is ${Math.floor(age ?? 0)} days old and lives ${remaining}; ${limit} are allowed`
      : unusableReason(key),
    evidence: [
      configEvidence(
        `status ${key.status}, created ${createdAt ?? 'unknown'}, expires ${expiresAt ?? 'never'}`,
        KEYS_READ,
      ),
      {kind: 'declared', text: `apiKeys.maxAgeDays ${limit}`},
    ],
    fix: {
      summary: `Replace the key by one of at most ${limit} days, or by temporary credentials, and delete it.`,
      cli: [
        `aws iam create-service-specific-credential --user-name ${user} --service-name bedrock.amazonaws.com --credential-age-days ${limit}`,
        `aws iam delete-service-specific-credential --user-name ${user} --service-specific-credential-id ${id}`,
      ],
    },
  })
}
