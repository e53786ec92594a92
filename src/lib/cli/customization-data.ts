import {usageError} from '../core/errors.js'
import type {CustomizationCheck} from '../customizations/check/customization-check.schema.js'
import type {CreateData} from '../customizations/create/customization-create.schema.js'
import type {LocalData} from '../customizations/create/upload-data.js'
import type {ByteSource} from '../jsonl/byte-source.js'
import type {AccountFrame} from './account-frame.js'
import type {PlacedData} from './customization-account.js'
import {checkPorts, openDataset} from './customization-check.js'
import type {CustomizationWords} from './customization-words.js'
import {onlineSession} from './online-session.js'

/** A file or object of the data set, and where the job reads it. */
export interface OpenedData extends PlacedData {
  readonly role: CreateData['role']
  readonly typed: string
  readonly source: ByteSource
  /** Of a file of this machine. */
  readonly local: LocalData | undefined
}

/** Opens the data of a job; files need a place to be uploaded to. */
export async function openData(words: CustomizationWords, frame: AccountFrame): Promise<readonly OpenedData[]> {
  const {placeData} = await import('../customizations/create/upload-data.js')
  const {readS3Uri} = await import('../jobs/s3-uri.js')
  const {connection, signal} = frame
  const typed = [
    {role: 'training' as const, text: words.training},
    ...words.validation.map((text) => ({role: 'validation' as const, text})),
  ]
  const opened: OpenedData[] = []
  for (const {role, text} of typed) {
    const {source} = await openDataset(text, async () => connection, signal)
    if (text.startsWith('s3://')) {
      opened.push({
        role,
        typed: text,
        source,
        at: readS3Uri(text, 'object of a data set'),
        upload: false,
        local: undefined,
      })
      continue
    }
    if (words.staging === undefined) throw noStaging(text)
    const local = await placeData(source, words.staging, signal)
    opened.push({role, typed: text, source, at: local.place, upload: true, local})
  }
  return opened
}

/** Holds every row against what the base takes; undefined for a base that the catalog does not know. */
export async function checkData(
  words: CustomizationWords,
  data: readonly OpenedData[],
  frame: AccountFrame & {readonly warn: (text: string) => void},
): Promise<CustomizationCheck | undefined> {
  const {base, region, tuning, type} = words
  const [training, validation] = data
  if (base === undefined || training === undefined) return undefined
  const {connection, progress, settings, signal} = frame
  const [{checkDataset}, {randomInt}] = await Promise.all([
    import('../customizations/check/check-dataset.js'),
    import('node:crypto'),
  ])
  const epochs = Number(words.hyperparameters['epochCount'])
  const asked = {checkMedia: false, epochs: Number.isFinite(epochs) && epochs > 0 ? epochs : undefined}
  const {unread, ...ports} = await checkPorts({base, region, tuning}, asked, settings, connection, frame)
  const bytes = data.reduce((sum, {source}) => sum + source.bytes, 0)
  return checkDataset(
    {
      training: asRead(training),
      validation: validation && asRead(validation),
      ...{base, region, tuning, type, unread},
      copies: {training: undefined, validation: undefined, rejects: undefined},
      showRows: false,
      seed: randomInt(2 ** 31),
      simulated: connection.simulated(),
    },
    {
      ...ports,
      catalog: connection.catalog,
      signal,
      onProgress: (done) => progress.update(megabytes(done), megabytes(bytes), 'MB checked'),
    },
  )
}

/** A file is judged as the object that it becomes: its name is another one there. */
function asRead({at, source}: OpenedData): ByteSource {
  const {bytes, revision} = source
  return {name: uriOf(at), bytes, revision, read: (range, signal) => source.read(range, signal)}
}

/** Uploads what is not there yet; the same bytes are uploaded once, whoever tried before. */
export async function uploadAll(
  data: readonly OpenedData[],
  {account, region}: Pick<CustomizationWords, 'account' | 'region'>,
  {connection, progress, signal, warn}: AccountFrame & {readonly warn: (text: string) => void},
): Promise<readonly CreateData[]> {
  const [{isThere, uploadData}, {realClock}, store] = await Promise.all([
    import('../customizations/create/upload-data.js'),
    import('../jobs/clock.js'),
    onlineSession(connection, 'Data in S3').objectStore(),
  ])
  const owner = {region, account}
  const told: CreateData[] = []
  for (const one of data) {
    if (one.local === undefined) {
      told.push(toldData(one, 'none'))
      continue
    }
    if (await isThere(one.local, {owner, store}, signal)) {
      told.push(toldData(one, 'already-there'))
      continue
    }
    let sent = 0
    await uploadData(one.local, {
      store,
      owner,
      clock: realClock,
      signal,
      onSent: (bytes) => {
        sent += bytes
        progress.update(megabytes(sent), megabytes(one.source.bytes), 'MB uploaded')
      },
      onRetry: ({message}, waitMs) => warn(`${message} Trying again in ${Math.ceil(waitMs / 1000)} s.`),
    })
    told.push(toldData(one, 'uploaded'))
  }
  return told
}

/** As the answer tells it. */
export function toldData({at, role, source, typed}: OpenedData, upload: CreateData['upload']): CreateData {
  return {role, source: typed, uri: uriOf(at), bytes: source.bytes, upload}
}

export function uriOf({bucket, key}: PlacedData['at']): string {
  return `s3://${bucket}/${key}`
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}

function noStaging(file: string) {
  return usageError('STAGING_MISSING', `${file} is a file of this machine, and the service reads data from S3.`, {
    hint: 'Say where it is uploaded to: --staging s3://BUCKET/PREFIX',
  })
}
