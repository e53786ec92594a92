import {readPart} from '../../../account/read.js'
import type {ReadItem} from '../../../account/snapshot.schema.js'
import {parseArn} from '../../../core/arn.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check} from '../../check.js'
import {judgeNamedKey, whereCustomerKeys} from '../../facts/customer-key.js'
import {inEachRegion, missingOf, unknown} from '../../judge-resource.js'

const READ = 'bedrock:custom-models'

export const customModelKeyCheck: Check = {
  id: 'ENC-03',
  family: 'ENC',
  severity: 'high',
  title: 'A custom model encrypts with a customer key',
  why: 'The weights carry what the model was trained on. A key that AWS owns can neither be taken away nor watched, and the choice cannot be made good later: the model must be trained or copied anew.',
  resource: 'custom-model',
  failsWhen: 'a model that this account owns names no customer key',
  needs: 'encryption.customerKeys',
  reads: [READ, 'kms:keys'],
  references: [
    {
      title: 'Encryption of custom models',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-custom-job.html',
    },
  ],
  judge: (context) =>
    whereCustomerKeys(context, () =>
      inEachRegion(context, READ, (models, region) =>
        models
          .filter((model) => isOwned(model, context))
          .map(({arn, name, detail}) => {
            const place = {region, resource: {type: 'custom-model', id: arn, name}}
            const reading = readPart(detail)
            if (reading.state === 'unread') return unknown(place, [missingOf(reading)])
            return judgeNamedKey(context, place, reading.value.kmsKeyArn, {
              read: READ,
              fix: {
                summary: 'Copy the model with a customer key, move its callers to the copy, and delete the original.',
                cli: [
                  `aws bedrock create-model-copy-job --region ${region} --source-model-arn ${arn} --target-model-name <NAME> --model-kms-key-id <KEY ARN>`,
                ],
                terraform: `resource "aws_bedrock_custom_model" "this" {
  custom_model_kms_key_id = aws_kms_key.models.arn
}`,
              },
            })
          }),
      ),
    ),
}

/** A model shared by another account, or of AWS, is under a key that its owner chose. */
function isOwned({arn, ownerAccount}: ReadItem<typeof READ>, {snapshot}: AuditContext): boolean {
  const owner = ownerAccount ?? parseArn(arn)?.account ?? ''
  return owner === snapshot.caller.account
}
