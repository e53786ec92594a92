import {realpath, stat} from 'node:fs/promises'
import {basename, dirname, join, resolve} from 'node:path'

/** The same for all names of one file, links included; a file that is not there yet is known by its folder. */
export async function fileIdentity(file: string): Promise<string> {
  try {
    const {dev, ino} = await stat(file)
    return `${dev}:${ino}`
  } catch {
    const path = resolve(file)
    const folder = await realpath(dirname(path)).catch(() => dirname(path))
    return join(folder, basename(path))
  }
}
