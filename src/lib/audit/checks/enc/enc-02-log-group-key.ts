import type {Check} from '../../check.js'
import {judgeNamedKey, whereCustomerKeys} from '../../facts/customer-key.js'
import {groupPlace, inEachPromptLogGroup, LOGGING} from '../../facts/log-destinations.js'

const READ = 'logs:log-groups'

export const logGroupKeyCheck: Check = {
  id: 'ENC-02',
  family: 'ENC',
  severity: 'high',
  title: 'The log group with prompts encrypts with a customer key',
  why: 'Prompts and completions stand in the group as they were sent. With a customer key its policy decides which groups it opens, and taking the key away closes them all.',
  resource: 'log-group',
  failsWhen: 'no customer key is associated with it',
  needs: 'encryption.customerKeys',
  reads: [LOGGING, READ, 'kms:keys'],
  references: [
    {
      title: 'Encrypt log data in CloudWatch Logs using AWS KMS',
      url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
    },
  ],
  judge: (context) =>
    whereCustomerKeys(context, () =>
      inEachPromptLogGroup(context, ({kmsKeyArn}, destination) => [
        judgeNamedKey(context, groupPlace(destination), kmsKeyArn, {
          read: READ,
          fix: {
            summary:
              'Associate a customer key whose policy admits the CloudWatch Logs service; what was written before stays as it is.',
            cli: [
              `aws logs associate-kms-key --region ${destination.region} --log-group-name '${destination.name}' --kms-key-id <KEY ARN>`,
            ],
            terraform: `resource "aws_cloudwatch_log_group" "bedrock" {
  name       = "${destination.name}"
  kms_key_id = aws_kms_key.logs.arn
}`,
          },
        }),
      ]),
    ),
}
