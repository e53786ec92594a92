/** `<1`, `12`, `9999`, `12.3s`: milliseconds in at most six columns. */
export function showMs(ms: number | undefined): string {
  if (ms === undefined) return '-'
  if (ms < 1) return '<1'
  return ms < 10_000 ? String(Math.round(ms)) : `${(ms / 1000).toFixed(1)}s`
}

/** `<1 ms`, `12 ms`, `12.3 s`. */
export function showDuration(ms: number | undefined): string {
  const text = showMs(ms)
  return text.endsWith('s') ? text.replace('s', ' s') : `${text} ms`
}

/** `999`, `12,345`, `1.2M`. */
export function showCount(count: number): string {
  if (count >= 1_000_000) return `${(count / 1_000_000).toFixed(1)}M`
  return String(count).replace(/(\d)(\d{3})$/, '$1,$2')
}

/** `0.0 %`, `2.3 %`; nothing out of nothing is 0. */
export function showShare(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (part / whole) * 100).toFixed(1)} %`
}

/** `12s`, `4m 12s`, `1h 04m`, `2d 03h`. */
export function showElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)]
  if (minutes === 0) return `${seconds}s`
  if (hours === 0) return `${minutes}m ${two(seconds % 60)}s`
  return days === 0 ? `${hours}h ${two(minutes % 60)}m` : `${days}d ${two(hours % 24)}h`
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** One bar a value, the highest full; a value above nothing is never drawn as nothing. */
export function sparkline(values: readonly number[]): string {
  const highest = Math.max(1, ...values)
  return values.map((value) => BARS[Math.ceil((value / highest) * (BARS.length - 1))] ?? BARS[0]).join('')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
