import type {ImportRequest} from '../../../world/import-state.js'
import {findRole, type JobPlace, mayInBucket} from '../batch/role-rights.js'
import {parseS3Uri} from '../batch/s3-address.js'
import {roleMayUseKey} from '../key-rights.js'
import {noBucket, noPermission, otherRegion} from './failure-words.js'
import type {ModelFolder} from './model-folder.js'

/** What an import's role cannot reach of the model's files. */
export function readProblem({roleArn, s3Uri}: ImportRequest, folder: ModelFolder, place: JobPlace): string | undefined {
  const {world, account, region} = place
  const role = findRole(roleArn, place)
  if (!role) return noPermission('sts:AssumeRole', roleArn)
  const {bucket: name} = parseS3Uri(s3Uri)
  const placed = world.objects.bucket(name)
  if (!placed) return noBucket(name)
  // AWS asks for a bucket in the Region of the job; whether it takes another is not documented.
  if (placed.region !== region) return otherRegion(name, region)
  const {iam} = world.account(account)
  if (!mayInBucket(role, iam, 's3:ListBucket', placed, '', account)) return noPermission('s3:ListBucket', name)
  for (const [file, {key, encryption}] of folder.files) {
    const uri = folder.uri(file)
    if (!mayInBucket(role, iam, 's3:GetObject', placed, key, account)) return noPermission('s3:GetObject', uri)
    const {kmsKeyArn} = encryption
    if (kmsKeyArn !== undefined && !roleMayUseKey(role, 'kms:Decrypt', kmsKeyArn, place)) {
      return noPermission('kms:Decrypt', kmsKeyArn)
    }
  }
  return undefined
}
