const STEPS = [
  {from: 1e12, sign: 'T'},
  {from: 1e9, sign: 'B'},
  {from: 1e6, sign: 'M'},
  {from: 1e3, sign: 'k'},
] as const
/** Beyond these a power of ten is shorter than any word for it. */
const LARGEST = 1e15
const SMALLEST = 1e-5

/** A number as an axis shows it, to three digits: `$1.5k`, `20M`, `$0.004`. */
export function formatAmount(value: number, unit: string): string {
  const sign = value < 0 ? '-' : ''
  return `${sign}${unit === 'USD' ? '$' : ''}${formatSize(Math.abs(value))}`
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
