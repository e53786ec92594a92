import type {Catalog} from '../catalog/catalog.js'
import type {ByteSource} from '../jsonl/byte-source.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'

/** Where the Region of a bucket is asked for when nothing names one. */
const ANY_REGION = 'us-east-1'

/** Records to work on, and what is known beside them. */
export interface BatchInput {
  readonly source: ByteSource
  /** Path of a file of this machine: other threads can read it. */
  readonly file: string | undefined
  readonly catalog: Catalog
  readonly connection: Connection
}

/** Opens a file of this machine, or an object of S3 by its URI. */
export async function openBatchInput(
  name: string,
  connect: () => Promise<Connection>,
  signal?: AbortSignal,
): Promise<BatchInput> {
  if (!name.startsWith('s3://')) {
    const {openFileSource} = await import('../jsonl/file-source.js')
    const source = await openFileSource(name)
    const connection = await connect()
    return {source, file: name, catalog: connection.catalog, connection}
  }
  const [{readS3Uri}, {openObjectSource}] = await Promise.all([
    import('../jobs/s3-uri.js'),
    import('../jobs/object-source.js'),
  ])
  const place = readS3Uri(name, 'object of S3', 'any')
  const connection = await connect()
  const store = await onlineSession(connection, 'Objects of S3').objectStore()
  const owner = {region: connection.configuredRegion ?? ANY_REGION}
  const source = await openObjectSource(store, place, owner, signal)
  return {source, file: undefined, catalog: connection.catalog, connection}
}
