import {existsSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

let root: string | undefined

/** The folder of our package.json, from the sources as from the bundle, whatever depth the calling chunk lies at. */
export function packageRoot(): string {
  if (root !== undefined) return root
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'oclif.manifest.json')) && !existsSync(join(folder, 'package-lock.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('the installation is incomplete: no oclif.manifest.json above the program')
    folder = parent
  }
  root = folder
  return folder
}
