/**
 * `--sandbox` takes an optional value, which oclif does not know: a bare `--sandbox` becomes `--sandbox=demo`, so that
 * the next word is never taken for a scenario.
 */
export function normaliseArgv(argv: readonly string[]): string[] {
  const end = argv.indexOf('--')
  return argv.map((word, index) => (word === '--sandbox' && (end === -1 || index < end) ? '--sandbox=demo' : word))
}
