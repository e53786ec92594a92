const FORMAT = new Intl.NumberFormat('en-US')
const UNITS = ['kB', 'MB', 'GB', 'TB'] as const

export function countWords(count: number): string {
  return FORMAT.format(count)
}

/** `2.8 GB`, in powers of ten as the limits are. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  const power = Math.min(UNITS.length, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power - 1]}`
}

/** `40 s`, `12 min`, `3.5 h`, `2.0 d`. */
export function durationWords(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`
  if (seconds < 6000) return `${Math.ceil(seconds / 60)} min`
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} d`
}
