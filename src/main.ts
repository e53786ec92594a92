import type {Interfaces} from '@oclif/core'
import {Config} from '@oclif/core/config'
import {flush} from '@oclif/core/flush'
import {run} from '@oclif/core/run'

/** Runs the command line; `entry` is the file from which oclif finds the package, or what it has found before. */
export async function main(
  entry: string | Interfaces.Config,
  argv: readonly string[] = process.argv.slice(2),
): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endOnBrokenOutput)
  try {
    await run(asHelp(argv), entry as Interfaces.LoadOptions)
    await flush()
  } catch (error) {
    await fail(error, entry, argv)
  }
}

/** EXIT.usage; not imported, because everything that is delays each start. */
const UNUSABLE_OUTPUT = 2

/** A reader that went away (`| head`) ends the program quietly, as with any Unix tool; a full disk is said in one line. */
function endOnBrokenOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(Number(process.exitCode ?? 0))
  process.stderr.write(`error  The output cannot be written: ${error.message}.\n`)
  process.exit(UNUSABLE_OUTPUT)
}

/** `bedrockctl help models list` is `bedrockctl models list --help`. */
function asHelp(argv: readonly string[]): string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv]
}

/** Commands report their own failures; what arrives here happened before there was a command. */
async function fail(error: unknown, entry: string | Interfaces.Config, argv: readonly string[]): Promise<void> {
  const [{reportError}, {unknownCommandError}, {readReporting}] = await Promise.all([
    import('./lib/cli/report-error.js'),
    import('./lib/cli/parser-error.js'),
    import('./lib/cli/reporting.js'),
  ])
  const missing = error instanceof Error ? /^command (.+) not found$/.exec(error.message)?.[1] : undefined
  const commands = missing === undefined ? [] : (await Config.load(entry as Interfaces.LoadOptions)).commandIDs
  const failure = missing === undefined ? error : unknownCommandError(missing, commands)
  reportError(failure, readReporting(argv, process.env))
}
