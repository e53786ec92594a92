import {cp, mkdir, symlink} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {bundleProgram} from '../../../../scripts/bundle.js'

/** Those that a simulated day exchanges, of what this file imports. */
const IMPORTER = '/src/lib/cli/monitor/live.ts'
const EXCHANGED = /\/(?:aws-clock|sampler-event|readers)\.js$/

/** The program with the doors of a simulated day, bundled as it is shipped, in a folder of its own. */
export async function bundleDay(folder: string): Promise<void> {
  await mkdir(folder, {recursive: true})
  for (const file of ['bin', 'package.json', 'oclif.manifest.json']) {
    await cp(file, join(folder, file), {recursive: true})
  }
  await symlink(resolve('data'), join(folder, 'data'))
  await bundleProgram(join(folder, 'dist'), [
    {
      name: 'simulated-day',
      setup(build) {
        const path = resolve('bench/support/board/day/live-doors.ts')
        build.onResolve({filter: EXCHANGED}, ({importer}) => (importer.endsWith(IMPORTER) ? {path} : undefined))
      },
    },
  ])
}
