/** Below which z a standard normal value lies with this probability; within 1e-9 of it (Acklam's approximation). */
export function normalQuantile(probability: number): number {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, probability))
  if (p < TAIL) return tail(Math.sqrt(-2 * Math.log(p)))
  if (p > 1 - TAIL) return -tail(Math.sqrt(-2 * Math.log(1 - p)))
  const q = p - 0.5
  const r = q * q
  return (q * polynomial(A, r)) / (polynomial(B, r) * r + 1)
}

/** Share of a standard normal distribution below z; within 2e-7 (Abramowitz and Stegun 7.1.26). */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const erf = 1 - polynomial(ERF, t) * t * Math.exp(-x * x)
  return z >= 0 ? (1 + erf) / 2 : (1 - erf) / 2
}

const TAIL = 0.02425
const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
]
const B = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1]
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
]
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416]
const ERF = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592]

const tail = (q: number): number => polynomial(C, q) / (polynomial(D, q) * q + 1)

/** Highest power first. */
function polynomial(factors: readonly number[], x: number): number {
  let value = 0
  for (const factor of factors) value = value * x + factor
  return value
}
