/** Quoted text in which a shell finds nothing of its own. */
const QUOTED = /'[^']*'|"[^"`$\\]*"/g
const OF_THE_SHELL = /['"`$\\;|&]/
const CONTROL = /\p{Cc}/u

/**
 * Whether a shell would take a command line as the one command that it looks like. Names come from outside, and a line of
 * a report is there to be pasted. Placeholders such as `<ID>` are for people to fill in.
 */
export function isPasteSafe(line: string): boolean {
  return !CONTROL.test(line) && !OF_THE_SHELL.test(line.replace(QUOTED, ''))
}
