import {type FileHandle, open} from 'node:fs/promises'
import type {AsyncBuffer, FileMetaData} from 'hyparquet'
import {BedrockctlError, usageError} from '../../core/errors.js'
import type {Row, RowSource} from './rows.js'

/** Rows that are read at once, of a row group that has more. */
const SLICE = 20_000

/** Rows of a Parquet file, a slice of a row group at a time; what `wanted` names of its columns is read, unless it refuses. */
export async function readParquet(
  path: string,
  wanted: (columns: readonly string[]) => readonly string[],
  signal: AbortSignal,
): Promise<RowSource> {
  const [{parquetMetadataAsync, parquetSchema}, handle] = await Promise.all([import('hyparquet'), open(path, 'r')])
  try {
    const file = await bufferOf(handle)
    const metadata = await parquetMetadataAsync(file)
    const columns = parquetSchema(metadata).children.map(({element}) => element.name)
    const rows = rowsOf({handle, file, metadata}, wanted(columns), signal, path)
    return {columns, total: Number(metadata.num_rows), rows}
  } catch (cause) {
    await handle.close()
    throw cause instanceof BedrockctlError ? cause : notParquet(path, cause)
  }
}

interface Opened {
  readonly handle: FileHandle
  readonly file: AsyncBuffer
  readonly metadata: FileMetaData
}

async function* rowsOf(
  {file, handle, metadata}: Opened,
  columns: readonly string[],
  signal: AbortSignal,
  path: string,
): AsyncGenerator<readonly Row[], void, undefined> {
  const [{parquetReadObjects}, {compressors}] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ])
  let groupStart = 0
  try {
    for (const {num_rows: count} of metadata.row_groups) {
      const groupEnd = groupStart + Number(count)
      for (let start = groupStart; start < groupEnd; start += SLICE) {
        signal.throwIfAborted()
        const end = Math.min(start + SLICE, groupEnd)
        const objects = await parquetReadObjects({
          file,
          metadata,
          compressors,
          columns: [...columns],
          rowStart: start,
          rowEnd: end,
          useOffsetIndex: true,
        }).catch((cause: unknown) => {
          throw notParquet(path, cause)
        })
        yield objects.map((values, index) => rowOf(values, start + index + 1, columns))
      }
      groupStart = groupEnd
    }
  } finally {
    await handle.close()
  }
}

function rowOf(values: Readonly<Record<string, unknown>>, number: number, columns: readonly string[]): Row {
  return {
    kind: 'row',
    number,
    get: (column) => (Object.hasOwn(values, column) ? textOf(values[column]) : undefined),
    columns: () => columns,
  }
}

/** Of a value of any type of Parquet; structures as JSON. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (typeof value === 'object') {
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner))
  }
  return String(value)
}

async function bufferOf(handle: FileHandle): Promise<AsyncBuffer> {
  const {size} = await handle.stat()
  return {
    byteLength: size,
    async slice(start, end = size) {
      const buffer = new ArrayBuffer(Math.max(0, end - start))
      const bytes = new Uint8Array(buffer)
      for (let filled = 0; filled < bytes.length; ) {
        const {bytesRead} = await handle.read(bytes, filled, bytes.length - filled, start + filled)
        if (bytesRead === 0) throw new Error('the file ends before it should')
        filled += bytesRead
      }
      return buffer
    },
  }
}

function notParquet(path: string, cause: unknown): Error {
  return usageError('INPUT_NOT_PARQUET', `${path} cannot be read as Parquet.`, {
    why: cause instanceof Error ? cause.message : undefined,
    hint: 'Check that the file is whole, or name its format with --format.',
    cause,
  })
}
