const FORMAT = new Intl.NumberFormat('en-US')

export function countWords(count: number): string {
  return FORMAT.format(count)
}

/** `40 s`, `12 min`, `3.5 h`, `2.0 d`. */
export function durationWords(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`
  if (seconds < 6000) return `${Math.ceil(seconds / 60)} min`
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} d`
}
