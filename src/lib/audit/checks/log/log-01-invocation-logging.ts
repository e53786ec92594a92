import type {ReadValues} from '../../../account/snapshot.schema.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {routedUse} from '../../facts/profile-destinations.js'
import {configEvidence, inEachRegion, judgeResource, regionPlace, unknown} from '../../judge-resource.js'

const READ = 'bedrock:invocation-logging'
type Logging = ReadValues[typeof READ]

export const invocationLoggingCheck: Check = {
  id: 'LOG-01',
  family: 'LOG',
  severity: 'high',
  title: 'Model invocations are logged where Bedrock is used',
  why: 'Without invocation logging nobody can say afterwards what was asked of a model, by whom, and what it answered. Logging is a setting of each Region and off until somebody turns it on.',
  resource: 'region',
  failsWhen:
    'logging is off in a Region where Bedrock is used, by calls there or as a destination of a profile that is called elsewhere; or in any Region when logging.required is declared',
  unknownWhen: 'logging is off and it cannot be told whether Bedrock is used in the Region',
  reads: [READ, 'cloudwatch:bedrock-usage', 'cloudtrail:bedrock-events', 'bedrock:inference-profiles'],
  references: [
    {
      title: 'Monitor model invocation using CloudWatch Logs and Amazon S3',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (logging, region) => [
      isOn(logging) ? judgeOn(logging, region) : judgeOff(context, region),
    ]),
}

type On = NonNullable<Logging>

/** A configuration that names no destination delivers nothing. */
function isOn(logging: Logging): logging is On {
  return logging !== null && (logging.s3 !== null || logging.cloudWatch !== null)
}

function judgeOn({s3, cloudWatch, delivers}: On, region: string): Judged {
  const to = [
    ...(s3 ? [`the bucket ${s3.bucket}`] : []),
    ...(cloudWatch ? [`the log group ${cloudWatch.logGroup}`] : []),
  ].join(' and ')
  const bodies = delivers.length > 0 ? `with ${delivers.join(', ')}` : 'without any bodies'
  return judgeResource(regionPlace(region), {
    defects: [],
    fine: `Invocations are logged to ${to}, ${bodies}`,
    evidence: [configEvidence(`logging to ${to}, ${bodies}`, READ, region)],
  })
}

function judgeOff(context: AuditContext, region: string): Judged {
  const place = regionPlace(region)
  const {used, evidence, missing} = context.use.in(region)
  const routed = routedUse(context, region)
  const off = configEvidence('no logging configuration with a destination', READ, region)
  const reason =
    used === 'yes'
      ? 'although Bedrock is used here'
      : context.project.logging.required
        ? 'although logging.required is declared'
        : routed.evidence.length > 0
          ? 'although profiles that are called elsewhere lead here'
          : undefined
  if (reason !== undefined) {
    return judgeResource(place, {
      defects: [`invocation logging is off, ${reason}`],
      fine: '',
      evidence: [off, ...[...evidence, ...routed.evidence].slice(0, 3)],
      fix: fixOf(region),
    })
  }
  const gaps = [...(used === 'unknown' ? missing : []), ...routed.missing]
  if (gaps.length > 0) return unknown(place, gaps, [off])
  return {
    ...place,
    verdict: 'INFO',
    message: 'Invocation logging is off; no use of Bedrock is seen or declared here.',
    evidence: [off],
  }
}

function fixOf(region: string) {
  return {
    summary: 'Turn invocation logging on, to a bucket of this account and Region that Bedrock may write to.',
    cli: [
      `aws bedrock put-model-invocation-logging-configuration --region ${region} --logging-config '{"s3Config":{"bucketName":"<BUCKET>","keyPrefix":"bedrock"},"textDataDeliveryEnabled":true,"imageDataDeliveryEnabled":true,"embeddingDataDeliveryEnabled":true}'`,
    ],
    terraform: `resource "aws_bedrock_model_invocation_logging_configuration" "this" {
  logging_config {
    text_data_delivery_enabled      = true
    image_data_delivery_enabled     = true
    embedding_data_delivery_enabled = true

    s3_config {
      bucket_name = aws_s3_bucket.bedrock_logs.id
      key_prefix  = "bedrock"
    }
  }
}`,
  }
}
