const STEPS = 60
const CLOSE = 1e-10
const MOST_TERMS = 5000
/** From here on the distribution is told from a normal one by nobody: the third moment is corrected for. */
const LARGE = 400

/** The point below which a share of Beta(a, b) lies. */
export function betaQuantile(share: number, a: number, b: number): number {
  const mean = a / (a + b)
  const deviation = Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1)))
  const z = normalQuantile(share)
  const skew = (2 * (b - a) * Math.sqrt(a + b + 1)) / ((a + b + 2) * Math.sqrt(a * b))
  const start = mean + deviation * (z + (skew / 6) * (z * z - 1))
  if (Math.min(a, b) > LARGE) return clamp(start, 0, 1)
  return searchBeta(share, a, b, start)
}

/** Newton's steps, held between bounds that close in. */
function searchBeta(share: number, a: number, b: number, start: number): number {
  let [low, high] = [0, 1]
  let x = start > 0 && start < 1 ? start : 0.5
  const scale = logGamma(a + b) - logGamma(a) - logGamma(b)
  for (let step = 0; step < STEPS; step += 1) {
    const over = betaShare(x, a, b, scale) - share
    if (over > 0) high = x
    else low = x
    const slope = Math.exp(scale + (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x))
    const next = x - over / slope
    const inside = next > low && next < high ? next : (low + high) / 2
    if (Math.abs(inside - x) < CLOSE * Math.max(x, CLOSE)) return inside
    x = inside
  }
  return x
}

/** Regularised incomplete beta function, by its continued fraction. */
function betaShare(x: number, a: number, b: number, scale: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShare(1 - x, b, a, scale)
  const front = Math.exp(scale + a * Math.log(x) + b * Math.log1p(-x)) / a
  return front / continuedFraction(x, a, b)
}

function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let value = 1
  let c = 1
  let d = 0
  for (let term = 1; term < MOST_TERMS; term += 1) {
    const half = Math.floor(term / 2)
    const factor =
      term % 2 === 0
        ? (half * (b - half) * x) / ((a + term - 1) * (a + term))
        : (-(a + half) * (a + b + half) * x) / ((a + term - 1) * (a + term))
    d = 1 + factor * d
    d = 1 / (Math.abs(d) < tiny ? tiny : d)
    c = 1 + factor / c
    if (Math.abs(c) < tiny) c = tiny
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-14) break
  }
  return value
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const

/** Of numbers above 0.5. */
function logGamma(value: number): number {
  const x = value - 1
  let sum = 0.9999999999998099
  for (const [at, factor] of LANCZOS.entries()) sum += factor / (x + at + 1)
  const t = x + LANCZOS.length - 0.5
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** The two quantiles a 95 % interval needs. */
function normalQuantile(share: number): number {
  return share < 0.5 ? -1.959963984540054 : 1.959963984540054
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
