import {randomInt} from 'node:crypto'
import {mkdtemp, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {RunSummary} from '../bench/metrics/summary.schema.js'
import type {Run} from '../bench/runs/run-store.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'

/** Where the Region of a bucket is asked for when nothing names one. */
const ANY_REGION = 'us-east-1'

interface ResultsFrame {
  readonly connect: () => Promise<Connection>
  readonly signal: AbortSignal
  readonly onClose: (close: () => Promise<void>) => void
}

/** Refuses before the run what could not be written to after it; a folder is made when it is needed. */
export async function readResultsPlace(results: string): Promise<void> {
  if (!results.startsWith('s3://')) return
  const {readS3Uri} = await import('../jobs/s3-uri.js')
  readS3Uri(results, 'place of results', 'any')
}

/** Copies a run that has ended to a folder, or under a prefix of S3, where bench merge finds it; gives where it is. */
export async function putRun(
  {id}: Pick<RunSummary, 'id'>,
  results: string,
  connection: Connection,
  {signal}: Pick<ResultsFrame, 'signal'>,
): Promise<string> {
  const [{openRuns}, {publishToFolder}, {publishToBucket}] = await Promise.all([
    import('./open-runs.js'),
    import('../bench/runs/shard-folders.js'),
    import('../bench/runs/results-bucket.js'),
  ])
  const {head, place} = await (await openRuns()).store.open(id)
  if (head === undefined) return place
  if (!results.startsWith('s3://')) return publishToFolder(place, results, head)
  return publishToBucket(place, head, {...(await bucketOf(results, connection)), signal})
}

/** Joins the shards under the places that are given, and keeps what they come to as a run. */
export async function mergePlaces(places: readonly string[], frame: ResultsFrame): Promise<RunSummary> {
  const [{openRuns}, {mergeRuns}, {makeRunId}] = await Promise.all([
    import('./open-runs.js'),
    import('../bench/merge/merge-runs.js'),
    import('../bench/runs/run-id.js'),
  ])
  const {store} = await openRuns()
  const folders = await Promise.all(places.map((place) => foldersOf(place, frame)))
  const runs: Run[] = []
  for (const reference of folders.flat()) runs.push(await store.open(reference))
  return mergeRuns(runs, {store, id: makeRunId(new Date(), () => randomInt(2 ** 32) / 2 ** 32)})
}

/** Paths of runs at a place; what is no folder is a run of this machine, by its id or name. */
async function foldersOf(place: string, {connect, onClose, signal}: ResultsFrame): Promise<readonly string[]> {
  const {findRunFolders} = await import('../bench/runs/shard-folders.js')
  if (place.startsWith('s3://')) {
    const {fetchFromBucket} = await import('../bench/runs/results-bucket.js')
    const folder = await mkdtemp(join(tmpdir(), 'bedrockctl-shards-'))
    onClose(() => rm(folder, {recursive: true, force: true}))
    await fetchFromBucket(folder, {...(await bucketOf(place, await connect())), signal})
    return findRunFolders(folder)
  }
  const found = await stat(place).catch(() => undefined)
  if (found?.isDirectory() !== true) return [place]
  const folders = await findRunFolders(place)
  return folders.length === 0 ? [join(place, '.')] : folders
}

async function bucketOf(text: string, connection: Connection) {
  const {readS3Uri} = await import('../jobs/s3-uri.js')
  const place = readS3Uri(text, 'place of results', 'any')
  const store = await onlineSession(connection, 'Results in S3').objectStore()
  return {store, place, owner: {region: connection.configuredRegion ?? ANY_REGION}}
}
