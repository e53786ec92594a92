import {open, stat} from 'node:fs/promises'
import {extname} from 'node:path'
import {usageError} from '../../core/errors.js'
import {isTree} from '../../core/is-tree.js'
import {inputName} from './input-bytes.js'
import {FORMATS, type RowFormat} from './rows.js'

const BY_EXTENSION: Readonly<Record<string, RowFormat>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
  '.pq': 'parquet',
}
/** A first line of OpenAI that is longer is taken for rows, and --format says what it is. */
const FIRST_BYTES = 256 * 1024

/** The format that was named, or that the name of the file and its first line tell. */
export async function settleFormat(file: string, named: RowFormat | undefined): Promise<RowFormat> {
  const format = named ?? BY_EXTENSION[extname(file).toLowerCase()]
  if (format === undefined) {
    throw usageError('FORMAT_UNKNOWN', `The format of ${inputName(file)} is not known by its name.`, {
      hint: `Name it: --format ${FORMATS.join('|')}`,
    })
  }
  if (format === 'parquet' && file === '-') {
    throw usageError('PARQUET_NEEDS_FILE', 'Parquet is read from its end, which standard input does not allow.', {
      hint: 'Write it to a file first.',
    })
  }
  return named === undefined && format === 'jsonl' && (await isOfOpenAi(file)) ? 'openai-batch' : format
}

/** What cannot be read here is told by who reads the rows. */
async function isOfOpenAi(file: string): Promise<boolean> {
  try {
    // Whoever writes to a pipe would lose what is read here.
    if (!(await stat(file)).isFile()) return false
    const handle = await open(file, 'r')
    try {
      const {buffer, bytesRead} = await handle.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0)
      const [line = ''] = buffer.toString('utf8', 0, bytesRead).trimStart().split('\n', 1)
      const value: unknown = JSON.parse(line)
      return isTree(value) && typeof value['custom_id'] === 'string' && isTree(value['body'])
    } finally {
      await handle.close()
    }
  } catch {
    return false
  }
}
