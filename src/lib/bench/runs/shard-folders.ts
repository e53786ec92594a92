import {cp, mkdir, readdir, stat, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {RunHead} from '../metrics/summary.schema.js'

/** Written last: who finds it knows that all else is there. */
export const DONE = 'done'
const DEEPEST = 3

/** Where a shard lies under the place of results: runs of one plan together, each in a folder of its own. */
export function shardPath({planDigest, shard}: Pick<RunHead, 'planDigest' | 'shard'>): string {
  return `${planDigest}/shard-${shard.index}-of-${shard.of}`
}

/** Copies the folder of a run to a folder of results, and says at last that it is whole. */
export async function publishToFolder(run: string, results: string, head: RunHead): Promise<string> {
  const place = join(results, shardPath(head))
  await mkdir(place, {recursive: true})
  await cp(run, place, {recursive: true})
  await writeFile(join(place, DONE), '')
  return place
}

/** Folders of runs in a folder of results, or the folder itself where it is one; in the order of their names. */
export async function findRunFolders(folder: string, depth = 0): Promise<readonly string[]> {
  const isRun = await Promise.all(
    ['plan.json', 'summary.json'].map((name) => stat(join(folder, name)).catch(() => undefined)),
  )
  if (isRun.some((found) => found !== undefined)) return [folder]
  if (depth >= DEEPEST) return []
  const entries = await readdir(folder, {withFileTypes: true})
  const below = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({name}) => name)
  const found = await Promise.all(below.sort().map((name) => findRunFolders(join(folder, name), depth + 1)))
  return found.flat()
}
