import type {CreateModelCustomizationJobCommandInput} from '@aws-sdk/client-bedrock'
import type {Role} from '../../../world/iam-state.js'
import {defaultEncryption} from '../../../world/objects/object-store.js'
import type {StoredObject} from '../../../world/objects/stored-object.js'
import {roleMay} from '../batch/policy.js'
import {findRole, type JobPlace, mayInBucket, mayInvoke, mayUseKey} from '../batch/role-rights.js'
import {bucketAt, folderOf, parseS3Uri} from '../batch/s3-address.js'

/** What a job's role may do where it runs, in the words of Bedrock where it may not. */
export class JobRights {
  readonly #role: Role | undefined
  readonly #place: JobPlace

  constructor(roleArn: string, place: JobPlace) {
    this.#role = findRole(roleArn, place)
    this.#place = place
  }

  /** The object, if it is there and the role may read it; a missing one and a closed one look the same. */
  readable(uri: string): StoredObject | string {
    const address = parseS3Uri(uri)
    const {world, region, account} = this.#place
    const placed = bucketAt(address, region, account, world)
    const object = placed && world.objects.get(address.bucket, address.key)
    const open = placed && object && this.#may('s3:ListBucket', uri, '') && this.#may('s3:GetObject', uri, address.key)
    if (open && this.#mayUseKey('kms:Decrypt', object.encryption.kmsKeyArn)) return object
    return `Could not validate GetObject permissions to access Amazon S3 bucket: ${address.bucket} at key ${address.key}`
  }

  /** Whether the role may list a folder. */
  listable(uri: string): boolean {
    return this.#may('s3:ListBucket', uri, '')
  }

  /** What is wrong with writing below an address. */
  writeProblem(uri: string): string | undefined {
    const address = parseS3Uri(uri)
    const {world, region, account} = this.#place
    const placed = bucketAt(address, region, account, world)
    const probe = `${folderOf(address)}.write_access_check_file.tmp`
    const key = placed && defaultEncryption(placed.bucket).kmsKeyArn
    if (placed && this.#may('s3:PutObject', uri, probe) && this.#mayUseKey('kms:GenerateDataKey', key)) return undefined
    return (
      'Amazon S3 perms missing (PutObject): Could not validate PutObject permissions to access S3 bucket: ' +
      `${address.bucket} at key ${probe}`
    )
  }

  /** Whether the role may call the grader of a reinforcement. */
  mayGrade({customizationConfig}: CreateModelCustomizationJobCommandInput): boolean {
    const resource = customizationConfig?.rftConfig?.graderConfig?.lambdaGrader?.lambdaArn
    return resource === undefined || this.#roleMay('lambda:InvokeFunction', resource)
  }

  /** Whether the role may invoke a profile, and so the models behind it. */
  mayInvoke(resources: readonly string[]): boolean {
    return this.#role !== undefined && mayInvoke(this.#role.arn, resources, this.#place)
  }

  #may(action: string, uri: string, key: string): boolean {
    const {world, region, account} = this.#place
    const placed = bucketAt(parseS3Uri(uri), region, account, world)
    if (!placed || !this.#role) return false
    return mayInBucket(this.#role, world.account(account).iam, action, placed, key, account)
  }

  #roleMay(action: string, resource: string): boolean {
    const {world, account} = this.#place
    const context = {'aws:resourceaccount': account}
    return this.#role !== undefined && roleMay(this.#role, world.account(account).iam, {action, resource, context})
  }

  #mayUseKey(action: string, key: string | undefined): boolean {
    return this.#role !== undefined && mayUseKey(this.#role, action, key, this.#place)
  }
}
