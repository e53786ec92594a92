import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {
  bucketPlace,
  groupPlace,
  inEachLogBucket,
  inEachPromptLogGroup,
  LOG_POLICY_READS,
} from '../../facts/log-destinations.js'
import {bucketReaders, groupReaders, type LogReaders} from '../../facts/log-readers.js'
import {isNamedBy} from '../../facts/named-principal.js'
import type {Evidence, Fix} from '../../finding.schema.js'
import {judgeResource, type Place} from '../../judge-resource.js'

export const logReadersCheck: Check = {
  id: 'LOG-06',
  family: 'LOG',
  severity: 'high',
  title: 'Only auditors can read logged prompts and completions',
  why: 'Whoever reads the logs reads what every user asked and what every model answered, past all guardrails and all access rules of the applications.',
  resource: 's3-bucket or log-group',
  failsWhen:
    'a user or role that is neither in principals.auditors nor in principals.breakGlass can read the logs, or anybody outside the account can; without declared auditors readers are told, not judged',
  unknownWhen: 'policies decide by what is not known',
  needs: 'principals.auditors',
  reads: LOG_POLICY_READS,
  references: [
    {
      title: 'Monitor model invocation using CloudWatch Logs and Amazon S3',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html',
    },
    {
      title: 'Overview of managing access permissions to your CloudWatch Logs resources',
      url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html',
    },
  ],
  judge: (context) => judgeAll(context),
}

function* judgeAll(context: AuditContext): Iterable<Judged> {
  yield* inEachLogBucket(context, (bucket, destination) => [
    judgeReaders(context, bucketPlace(destination), bucketReaders(context, bucket, destination)),
  ])
  // A Region whose logging was not read has said so already.
  for (const judged of inEachPromptLogGroup(context, (_, destination) => [
    judgeReaders(context, groupPlace(destination), groupReaders(context, destination)),
  ])) {
    if (judged.resource.type !== 'region') yield judged
  }
}

function judgeReaders({project}: AuditContext, place: Place, found: LogReaders): Judged {
  const {auditors, breakGlass} = project.principals
  const allowed = [...auditors, ...breakGlass]
  const isDeclared = auditors.length > 0
  const others = found.readers.filter((reader) => !isNamedBy(allowed, reader))
  const strangers = found.outside.filter((arn) => !auditors.includes(arn))
  const unclear = found.unclear.filter(({principal}) => !isNamedBy(allowed, principal))
  const inside =
    isDeclared && others.length > 0
      ? [
          told(
            others.map(({name}) => name),
            'outside the auditors',
          ),
        ]
      : []
  const outside = strangers.length > 0 ? [told(strangers, 'outside the account')] : []
  const gaps = [...found.missing, ...(isDeclared ? unclear.slice(0, 3).flatMap((one) => one.missing()) : [])]
  const evidence = evidenceOf(place, isDeclared ? others.map(({arn}) => arn) : found.readers.map(({arn}) => arn))
  if (!isDeclared && outside.length === 0 && gaps.length === 0) {
    const message = `${count(found.readers.length)} can read it; bedrockctl.yaml declares no principals.auditors to hold them against.`
    return {...place, verdict: 'INFO', message, evidence}
  }
  return judgeResource(place, {
    defects: [...outside, ...inside],
    gaps,
    fine:
      found.readers.length === 0 ? 'Nobody can read it' : `${count(found.readers.length)} can read it, all declared`,
    evidence,
    fix: fixOf(place),
  })
}

function told(names: readonly string[], where: string): string {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return `prompts and completions can be read ${where}: by ${names.slice(0, 5).join(', ')}${more}`
}

function count(readers: number): string {
  return readers === 1 ? 'One principal' : `${readers} principals`
}

const MOST_EVIDENCE = 50

function evidenceOf({region}: Place, arns: readonly string[]): readonly Evidence[] {
  return arns
    .slice(0, MOST_EVIDENCE)
    .map((arn) => ({kind: 'simulated', text: `${arn} can read it`, read: 'iam:authorization-details', region}))
}

function fixOf({resource}: Place): Fix {
  const isBucket = resource.type === 's3-bucket'
  const deny = {
    Sid: 'AuditorsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:GetObject', 's3:GetObjectVersion'],
    Resource: `${resource.id}/*`,
    Condition: {ArnNotLike: {'aws:PrincipalArn': ['<AUDITOR ROLE ARN>']}},
  }
  return isBucket
    ? {
        summary:
          'Deny reading to all but the auditors in the bucket policy, and take the permission out of their policies.',
        cli: [`aws s3api put-bucket-policy --bucket ${resource.name} --policy file://bucket-policy.json`],
        policyDiff: {policy: resource.id, remove: [], add: [JSON.stringify(deny)]},
      }
    : {
        summary:
          'Take logs:GetLogEvents, logs:FilterLogEvents, logs:StartQuery and logs:StartLiveTail on this group out of the policies of all but the auditors.',
        cli: [
          `aws iam simulate-principal-policy --policy-source-arn <PRINCIPAL ARN> --action-names logs:GetLogEvents logs:FilterLogEvents logs:StartQuery --resource-arns '${resource.id}:*'`,
        ],
      }
}
