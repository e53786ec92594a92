import {flush} from '@oclif/core/flush'
import {handle} from '@oclif/core/handle'
import {run} from '@oclif/core/run'

/** Runs the command line; `url` is the entry file, from which oclif finds the package. */
export async function main(url: string, argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  // A reader that went away (`| head`) ends the program quietly, as with any Unix tool.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  try {
    await run([...argv], url)
    await flush()
  } catch (error) {
    await handle(error as Error)
  }
}
