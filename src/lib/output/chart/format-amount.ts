const STEPS = [
  {from: 1e12, sign: 'T'},
  {from: 1e9, sign: 'B'},
  {from: 1e6, sign: 'M'},
  {from: 1e3, sign: 'k'},
] as const
/** Beyond these a power of ten is shorter than any word for it. */
const LARGEST = 1e15
const SMALLEST = 1e-5

/** A number as an axis shows it, to three digits: `$1.5k`, `20M`, `$0.004`, `95 %`, `20 ms`, `1.5 s`. */
export function formatAmount(value: number, unit: string): string {
  const sign = value < 0 ? '-' : ''
  if (unit === 'share') return `${sign}${formatSize(Math.abs(value) * 100)} %`
  if (unit === 'ms') return Math.abs(value) < 1000 ? `${sign}${formatSize(Math.abs(value))} ms` : secondsOf(value)
  return `${sign}${unit === 'USD' ? '$' : ''}${formatSize(Math.abs(value))}`
}

function secondsOf(ms: number): string {
  return `${ms < 0 ? '-' : ''}${formatSize(Math.abs(ms) / 1000)} s`
}

function formatSize(size: number): string {
  if (size === 0) return '0'
  const rounded = Number(size.toPrecision(3))
  if (rounded >= LARGEST || rounded < SMALLEST) return rounded.toExponential()
  const step = STEPS.find(({from}) => rounded >= from)
  if (step) return `${Number((rounded / step.from).toPrecision(3))}${step.sign}`
  // Never `1e-5`, which is how small numbers print themselves.
  return rounded.toFixed(7).replace(/\.?0+$/, '')
}
