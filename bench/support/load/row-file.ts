import {closeSync, openSync, readFileSync, rmSync, writeSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type ClientRow, ROW} from './client-job.js'

/** Takes rows as they come, so that the client keeps none. */
export class RowFile {
  readonly path = join(tmpdir(), `bedrockctl-bench-${process.pid}-${process.hrtime.bigint()}.rows`)
  readonly #file = openSync(this.path, 'w')

  write(rows: Float64Array): void {
    writeSync(this.#file, rows)
  }

  close(): void {
    closeSync(this.#file)
  }
}

/** Reads the rows and removes their file. */
export function takeRows(path: string): readonly ClientRow[] {
  const bytes = readFileSync(path)
  rmSync(path)
  const values = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
  return Array.from({length: values.length / ROW.length}, (_, row) => {
    const at = row * ROW.length
    return Object.fromEntries(ROW.map((name, column) => [name, values[at + column] ?? Number.NaN])) as ClientRow
  })
}
