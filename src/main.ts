import {Config} from '@oclif/core/config'
import {flush} from '@oclif/core/flush'
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
    await fail(error, url, argv)
  }
}

/** Commands report their own failures; what arrives here happened before there was a command. */
async function fail(error: unknown, url: string, argv: readonly string[]): Promise<void> {
  const [{reportError}, {unknownCommandError}, {wantsJson}] = await Promise.all([
    import('./lib/cli/report-error.js'),
    import('./lib/cli/parser-error.js'),
    import('./lib/cli/wants-json.js'),
  ])
  const missing = error instanceof Error ? /^command (.+) not found$/.exec(error.message)?.[1] : undefined
  const commands = missing === undefined ? [] : (await Config.load(url)).commandIDs
  reportError(missing === undefined ? error : unknownCommandError(missing, commands), {
    json: wantsJson(argv, process.env),
    debug: argv.includes('--debug'),
  })
}
