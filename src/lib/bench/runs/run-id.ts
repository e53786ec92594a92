const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const COUNT = 4

/** `20261121-190455-kqzt`: sorts by time, in UTC; letters keep runs of one second apart. `random` gives 0 to below 1. */
export function makeRunId(now: Date, random: () => number): string {
  const [day = '', time = ''] = now.toISOString().slice(0, 19).split('T')
  const letters = Array.from({length: COUNT}, () => LETTERS[Math.floor(random() * LETTERS.length)] ?? 'a').join('')
  return `${day.replaceAll('-', '')}-${time.replaceAll(':', '')}-${letters}`
}
