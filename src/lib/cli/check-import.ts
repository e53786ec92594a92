import {usageError} from '../core/errors.js'
import type {ImportCheckResult} from '../imports/check/import-check.schema.js'
import type {ModelFolder} from '../imports/files/model-folder.js'
import type {S3Place} from '../jobs/ports.js'
import type {JobVpc} from '../jobs/preflight/network.js'
import type {CommandFrame} from './base-command.js'
import type {Connection} from './connect.js'
import {type ImportAccount, readImportAccount} from './import-account.js'
import {onlineSession} from './online-session.js'
import {openPrices} from './price-book.js'

/** What is to be checked, as the flags say it. */
export interface ImportCheckWords {
  /** A folder of this machine or an S3 address. */
  readonly address: string
  readonly role?: string | undefined
  readonly name?: string | undefined
  readonly converse: boolean
  readonly deep: boolean
  readonly kmsKey?: string | undefined
  readonly vpc?: JobVpc | undefined
  readonly bucketOwner?: string | undefined
  /** Where a folder of this machine is to be uploaded. */
  readonly staging?: S3Place | undefined
}

export interface ImportCheckFrame extends CommandFrame {
  readonly warn: (text: string) => void
}

/** Checks a model as an import would find it: its files, and the account that is to have it. */
export async function checkImport(words: ImportCheckWords, frame: ImportCheckFrame): Promise<ImportCheckResult> {
  const {progress, settings, signal} = frame
  const connection = await frame.connect()
  const [opened, region, {checkModel}, {imports: facts}] = await Promise.all([
    openModel(words, connection, signal),
    regionOf(settings.regions, connection),
    import('../imports/check/check-model.js'),
    connection.catalog.customModels(),
  ])
  const folder = await opened.folder(region)
  const account = accountOf(words, region, opened.place ?? words.staging, {...frame, connection, facts})
  const prices = openPrices(settings, connection, {regions: [region], signal, progress, warn: frame.warn})
  return checkModel(
    {
      folder,
      region,
      converse: words.converse,
      addressProblems: opened.problems,
      deep: words.deep,
      account,
      simulated: () => connection.simulated(),
    },
    {
      facts,
      book: prices.then(({book}) => book),
      signal,
      onShard: (done, total) => progress.update(done, total, 'headers'),
    },
  )
}

interface OpenedModel {
  readonly folder: (region: string | undefined) => Promise<ModelFolder>
  readonly place: S3Place | undefined
  readonly problems: readonly string[]
}

/** Where a bucket is asked for when no Region is named. */
const ANY_REGION = 'us-east-1'

async function openModel(
  {address, bucketOwner}: ImportCheckWords,
  connection: Connection,
  signal: AbortSignal,
): Promise<OpenedModel> {
  if (!address.startsWith('s3://')) {
    const {openLocalFolder} = await import('../imports/files/local-folder.js')
    const folder = await openLocalFolder(address)
    return {folder: async () => folder, place: undefined, problems: []}
  }
  const [{parseS3Uri, readS3Uri}, {openS3Folder}] = await Promise.all([
    import('../jobs/s3-uri.js'),
    import('../imports/files/s3-folder.js'),
  ])
  const place = readS3Uri(address, 'place of a model', 'any')
  const strict = parseS3Uri(address)
  const store = await onlineSession(connection, 'A model in S3').objectStore()
  return {
    folder: async (region = ANY_REGION) => {
      // A bucket elsewhere is a finding of IMP-24, and its files are read all the same.
      const home = await store.bucketRegion(place.bucket, {region, account: bucketOwner}, signal)
      return openS3Folder(store, place, {region: home, account: bucketOwner})
    },
    place,
    problems: 'problems' in strict ? strict.problems : [],
  }
}

/** The one Region of the import; none offline where nobody names one. */
async function regionOf(
  asked: readonly string[],
  {catalog, configuredRegion}: Connection,
): Promise<string | undefined> {
  const [named = configuredRegion, ...more] = asked
  if (more.length > 0 || named === 'all') {
    throw usageError('ONE_REGION', 'A model is imported into one Region.', {hint: 'Name it: --region us-east-1'})
  }
  if (named === undefined) return undefined
  const {assertRegions} = await import('../routing/requirement.js')
  assertRegions([named], catalog)
  return named
}

async function accountOf(
  words: ImportCheckWords,
  region: string | undefined,
  place: S3Place | undefined,
  frame: Parameters<typeof readImportAccount>[2] & {readonly facts: Parameters<typeof readImportAccount>[1]},
): Promise<ImportAccount> {
  const {connection, facts} = frame
  const why =
    connection.session === undefined
      ? 'not judged: offline'
      : region === undefined
        ? 'not judged: no Region is named'
        : facts.regions.includes(region)
          ? undefined
          : `not judged: ${region} does not import models`
  if (why !== undefined || region === undefined) {
    const {accountNotAsked} = await import('../imports/check/judge-account.js')
    return {verdicts: accountNotAsked(why ?? 'not judged'), unread: []}
  }
  const {bucketOwner, kmsKey = null, name, role, staging, vpc = null} = words
  const upload = staging !== undefined && place === staging
  return readImportAccount({region, place, upload, role, name, kmsKey, vpc, bucketOwner}, facts, frame)
}
