/** `12s`, `4m 12s`, `1h 04m`, `2d 03h`. */
export function spanWord(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number) => String(value).padStart(2, '0')
  const [minutes, hours, days] = [Math.floor(whole / 60), Math.floor(whole / 3600), Math.floor(whole / 86_400)]
  if (minutes === 0) return `${whole}s`
  if (hours === 0) return `${minutes}m ${two(whole % 60)}s`
  return days === 0 ? `${hours}h ${two(minutes % 60)}m` : `${days}d ${two(hours % 24)}h`
}
