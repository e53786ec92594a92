import {distance} from 'fastest-levenshtein'

/** The candidates a slip of the fingers away from `text`, nearest first; none when nothing is near. */
export function closest(text: string, candidates: Iterable<string>, limit = 3): string[] {
  const wanted = text.toLowerCase()
  const allowed = Math.max(2, Math.floor(wanted.length / 4))
  const isBegun = (candidate: string) => wanted.length >= 3 && candidate.toLowerCase().startsWith(wanted)
  // What is longer or shorter by more is further away: most names need no more of a look.
  const isOfLength = (candidate: string) => Math.abs(candidate.length - wanted.length) <= allowed
  return [...new Set(candidates)]
    .filter((candidate) => candidate !== '' && (isOfLength(candidate) || isBegun(candidate)))
    .map((candidate) => ({candidate, far: distance(wanted, candidate.toLowerCase())}))
    .filter(({candidate, far}) => far <= allowed || isBegun(candidate))
    .sort((a, b) => a.far - b.far || a.candidate.localeCompare(b.candidate))
    .slice(0, limit)
    .map(({candidate}) => candidate)
}

/** `Did you mean a or b?`, or undefined when nothing is near. */
export function didYouMean(text: string, candidates: Iterable<string>, prefix = ''): string | undefined {
  const near = closest(text, candidates).map((candidate) => `${prefix}${candidate}`)
  if (near.length === 0) return undefined
  const last = near.at(-1) ?? ''
  return `Did you mean ${near.length === 1 ? last : `${near.slice(0, -1).join(', ')} or ${last}`}?`
}
