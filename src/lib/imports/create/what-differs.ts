import type {BucketOwner, ObjectStore, S3Place, StoredObject} from '../../jobs/ports.js'
import {DIGEST_NOTE} from '../../jobs/upload-object.js'
import {MULTIPART_FROM} from '../../jobs/upload-parts.js'
import type {ModelFile, ModelFolder} from '../files/model-folder.js'
import type {ImportJob} from '../ports.js'
import {type AskedImport, digestOfFiles, nameImport} from './name-import.js'
import {digestOfFile} from './upload-model.js'

export interface AskedAgain {
  readonly asked: AskedImport
  /** The job that made the model, or makes it. */
  readonly job: Pick<ImportJob, 'name' | 'roleArn' | 'kmsKeyArn'>
  readonly place: S3Place
  readonly local: {readonly folder: ModelFolder; readonly needed: readonly ModelFile[]} | undefined
  readonly owner: BucketOwner
  readonly signal: AbortSignal
}

/** How names end that are made here: with a digest of all that was asked for, files included. */
const OWN_NAME = /-[0-9a-f]{8}(?:-\d+)?$/

/** What of an import that was asked for before is another thing now; undefined: it is the same, or nothing tells. */
export async function whatDiffers(
  again: AskedAgain,
  store: Pick<ObjectStore, 'head' | 'list'>,
): Promise<string | undefined> {
  const {asked, job, place, local, owner, signal} = again
  if (job.roleArn !== null && job.roleArn !== asked.roleArn) return `the role was ${job.roleArn}`
  if (isOtherKey(asked.kmsKeyId, job.kmsKeyArn)) return `the key was ${job.kmsKeyArn ?? 'that of AWS'}`
  const stored = new Map<string, StoredObject>()
  for await (const object of store.list(place.bucket, place.key, owner, signal)) stored.set(object.key, object)
  // Files that were cleared away after the import tell nothing.
  if (stored.size === 0) return undefined
  for (const file of local?.needed ?? []) {
    const object = stored.get(`${place.key}${file.path}`)
    if (local && (object === undefined || (await isOtherFile(file, object, again, local.folder, store))))
      return `${file.path} is another file than the one at ${asked.s3Uri}`
  }
  if (!OWN_NAME.test(job.name)) return undefined
  const name = nameImport(asked, digestOfFiles([...stored.values()]), []).jobName
  const isSame = job.name === name || job.name.startsWith(`${name}-`)
  return isSame ? undefined : `the files at ${asked.s3Uri} were others, or its tags or network`
}

/** An alias may be of any key. */
function isOtherKey(asked: string | undefined, was: string | null): boolean {
  if (asked === undefined) return was !== null
  return !asked.includes('alias/') && was !== null && !was.endsWith(asked)
}

/** Small files are compared by their bytes, large ones only where they were written after the upload. */
async function isOtherFile(
  file: ModelFile,
  object: StoredObject,
  {owner, signal}: AskedAgain,
  folder: ModelFolder,
  store: Pick<ObjectStore, 'head'>,
): Promise<boolean> {
  if (file.bytes !== object.bytes) return true
  if (file.bytes >= MULTIPART_FROM && (file.modifiedMs ?? 0) <= Date.parse(object.modifiedAt)) return false
  const digest = (await store.head(object, owner, signal))?.notes?.[DIGEST_NOTE]
  return digest !== undefined && digest !== (await digestOfFile(file, folder, signal))
}
