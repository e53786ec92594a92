import {stat} from 'node:fs/promises'

/** Another one whenever a file was written or replaced; undefined where there is none. */
export async function fileMark(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined)
  return found && `${found.mtimeMs} ${found.size} ${found.ino}`
}
