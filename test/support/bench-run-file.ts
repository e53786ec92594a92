import {mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {summaryOf} from './bench-summary.js'

/** The summary of a run of Bedrock and a server of one's own, as a file in a folder of its own. */
export async function benchRunFile(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'bench-run-')), 'summary.json')
  await writeFile(file, JSON.stringify(summaryOf()))
  return file
}
