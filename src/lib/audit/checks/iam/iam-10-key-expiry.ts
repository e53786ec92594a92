import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type ApiKey, isUsable, judgeKeys, KEYS_READ, placeOfKey, unusableReason} from '../../facts/api-key.js'
import {configEvidence, judgeResource} from '../../judge-resource.js'

export const keyExpiryCheck: Check = {
  id: 'IAM-10',
  family: 'IAM',
  severity: 'critical',
  title: 'Every Bedrock API key expires',
  why: 'A long-term key is one text that opens Bedrock from anywhere. One without an end keeps working until somebody notices that it leaked.',
  resource: 'service-specific credential',
  failsWhen: 'it is an active Bedrock credential without an expiration date',
  unknownWhen: 'the credentials were not listed, or not to their end',
  reads: [KEYS_READ],
  references: [
    {
      title: 'API keys for Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bedrock.html',
    },
  ],
  judge: (context) => judgeKeys(context, judgeKey),
}

function judgeKey(key: ApiKey, {now}: AuditContext): Judged {
  const {id, user, createdAt, expiresAt} = key
  const isOpen = isUsable(key, now)
  return judgeResource(placeOfKey(key), {
    defects: isOpen && expiresAt === null ? [`the active key of ${user} never expires`] : [],
    fine: isOpen ? `The key of ${user} expires on ${expiresAt?.slice(0, 10)}` : unusableReason(key),
    evidence: [
      configEvidence(
        `status ${key.status}, created ${createdAt ?? 'unknown'}, expires ${expiresAt ?? 'never'}`,
        KEYS_READ,
      ),
    ],
    fix: {
      summary: 'Give the application temporary credentials, or a key with an end, and delete this one.',
      cli: [
        `aws iam create-service-specific-credential --user-name ${user} --service-name bedrock.amazonaws.com --credential-age-days <DAYS>`,
        `aws iam update-service-specific-credential --user-name ${user} --service-specific-credential-id ${id} --status Inactive`,
        `aws iam delete-service-specific-credential --user-name ${user} --service-specific-credential-id ${id}`,
      ],
    },
  })
}
