import {sanitise} from '../../core/text.js'
import {toneOfState} from '../../jobs/state-tone.js'
import type {Sighting} from '../../jobs/wait/wait-for-end.js'
import type {JobFrame} from '../../monitor/job/state.js'
import {spanWord} from '../../output/span.js'
import {wrapText} from '../../output/wrap.js'
import type {ImportPace} from './imports-watch.schema.js'
import type {ImportLook} from './watch-import.js'

/** What is known of how long it takes: no estimate where no import completed before. */
export function paceWords(pace: ImportPace | null): string {
  if (pace === null) return 'time left not known: no import has completed here before'
  const {imports, leastSeconds, mostSeconds} = pace
  if (imports === 1) return `one earlier import here took ${spanWord(leastSeconds)}; models differ in size`
  return `${imports} earlier imports here took ${spanWord(leastSeconds)} to ${spanWord(mostSeconds)}; models differ in size`
}

/** A look in the words of the live view. */
export function watchFrame({atMs, nextAtMs, seen}: Sighting<ImportLook>, simulated: boolean): JobFrame {
  const {failure, pace, row, s3Uri} = seen
  const {architecture, endedAt, name, region, seconds, state} = row
  const running = endedAt === null
  return {
    title: name,
    state,
    tone: toneOfState(state),
    where: [architecture, s3Uri, region].filter((part) => part !== null).join('  '),
    phases: [],
    progress: running ? {share: undefined, text: paceWords(pace)} : undefined,
    facts: seconds === null ? [] : [`${running ? 'since' : 'took'} ${spanWord(seconds)}`],
    chart: undefined,
    notes: (columns) =>
      [failure === null ? '' : sanitise(failure.message), failure?.remedy ?? '']
        .filter((note) => note !== '')
        .flatMap((note) => wrapText(note, columns)),
    atMs,
    nextAtMs,
    simulated,
  }
}
