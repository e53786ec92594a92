import {usageError} from '../core/errors.js'
import type {ModelFile, ModelFolder} from '../imports/files/model-folder.js'
import type {S3Place} from '../jobs/ports.js'
import type {ImportDoor} from './open-imports.js'

/** What is to be imported, as the words of the command have it. */
export interface SourceWords {
  /** A folder of this machine or an S3 address. */
  readonly address: string | undefined
  /** Name of a training job of SageMaker. */
  readonly trainingJob: string | undefined
  readonly name: string | undefined
  /** Where files of this machine go, or those of an archive. */
  readonly upload: string | undefined
}

/** Where the files are, and what has to be done before the service can read them. */
export interface CreateSource {
  readonly kind: 's3' | 'local' | 'training-job'
  readonly address: string
  readonly modelName: string
  /** Where the service reads the files. */
  readonly place: S3Place
  /** A folder of this machine that is uploaded first. */
  readonly local:
    | {readonly folder: ModelFolder; readonly needed: readonly ModelFile[]; readonly leftOut: readonly string[]}
    | undefined
  /** An archive that is unpacked first. */
  readonly archive: S3Place | undefined
}

const MOST_LEFT_OUT = 20

/** Finds what is to be imported, and where it is or is to be. */
export async function openCreateSource(
  words: SourceWords,
  region: string,
  door: ImportDoor,
  signal: AbortSignal,
): Promise<CreateSource> {
  const {address, name, trainingJob} = words
  const {checkedModelName, nameOfFolder} = await import('../imports/create/name-import.js')
  if (trainingJob !== undefined && address !== undefined) {
    throw usageError('TWO_SOURCES', 'A model has one source.', {
      why: `${address} is one, and the training job ${trainingJob} another.`,
      hint: 'Leave one of them out.',
    })
  }
  const origin = trainingJob ?? address
  if (origin === undefined) {
    throw usageError('SOURCE_MISSING', 'There is nothing to import.', {
      hint: 'Name a folder or an s3:// address, or --from-sagemaker-job.',
    })
  }
  const modelName = checkedModelName(name ?? nameOfFolder(origin) ?? '')
  if (trainingJob !== undefined) return ofTrainingJob(trainingJob, modelName, words.upload, region, door, signal)
  if (!origin.startsWith('s3://')) return ofFolder(origin, modelName, words.upload, signal)
  const {readS3Uri} = await import('../jobs/s3-uri.js')
  return {
    kind: 's3',
    address: origin,
    modelName,
    place: asFolder(readS3Uri(origin, 'place of a model')),
    local: undefined,
    archive: undefined,
  }
}

async function ofFolder(
  path: string,
  modelName: string,
  upload: string | undefined,
  signal: AbortSignal,
): Promise<CreateSource> {
  if (upload === undefined) {
    throw usageError('UPLOAD_MISSING', 'A folder of this machine is imported by way of S3.', {
      hint: 'Say where its files go: --upload s3://BUCKET/PREFIX',
    })
  }
  const [{openLocalFolder}, {readWeightNames}, {neededFiles}] = await Promise.all([
    import('../imports/files/local-folder.js'),
    import('../imports/create/weight-names.js'),
    import('../imports/create/needed-files.js'),
  ])
  const folder = await openLocalFolder(path)
  const {files} = await folder.list(signal)
  const {leftOut, needed} = neededFiles(files, await readWeightNames(folder, files, signal))
  if (needed.length === 0) {
    throw usageError('NO_MODEL', `${path} holds no file of a model.`, {hint: 'Name the folder with config.json.'})
  }
  return {
    kind: 'local',
    address: path,
    modelName,
    place: await stagingOf(upload, modelName),
    local: {folder, needed, leftOut: leftOut.slice(0, MOST_LEFT_OUT).map((file) => file.path)},
    archive: undefined,
  }
}

async function ofTrainingJob(
  jobName: string,
  modelName: string,
  upload: string | undefined,
  region: string,
  door: ImportDoor,
  signal: AbortSignal,
): Promise<CreateSource> {
  const [training, {findArtefact}, {below, readS3Uri}] = await Promise.all([
    door.session.trainingJobs(),
    import('../imports/create/find-artefact.js'),
    import('../jobs/s3-uri.js'),
  ])
  const {packed, uri} = findArtefact(await training.job(region, jobName, signal), jobName, region)
  const artefact = readS3Uri(uri, 'artefact of a training job', 'any')
  const base = {kind: 'training-job', address: jobName, modelName, local: undefined} as const
  if (!packed) return {...base, place: asFolder(artefact), archive: undefined}
  const beside = {bucket: artefact.bucket, key: artefact.key.split('/').slice(0, -1).join('/')}
  const place = upload === undefined ? asFolder(below(beside, 'hf-import')) : await stagingOf(upload, modelName)
  return {...base, place, archive: artefact}
}

async function stagingOf(upload: string, modelName: string): Promise<S3Place> {
  const {below, readS3Uri} = await import('../jobs/s3-uri.js')
  return asFolder(below(readS3Uri(upload, 'place for uploads'), modelName))
}

/** Without a slash at its end a prefix names more than a folder. */
function asFolder({bucket, key}: S3Place): S3Place {
  return {bucket, key: key === '' || key.endsWith('/') ? key : `${key}/`}
}
