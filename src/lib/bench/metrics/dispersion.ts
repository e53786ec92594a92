/** Stretches of time, equally long, that a window is cut into to see how much more it scatters than chance. */
export const SLICES = 32

/**
 * How many samples in a row are worth one independent sample, for the share of samples above each point: scatter of
 * that share between slices, over what independent samples would have (Pearson's index of dispersion). At least 1.
 */
export function dispersionOfShares(
  values: Float64Array,
  slices: Uint8Array,
  points: readonly number[],
): readonly number[] {
  const width = points.length + 1
  const counts = new Float64Array(SLICES * width)
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0
    let above = 0
    while (above < points.length && value > (points[above] ?? 0)) above += 1
    const place = (slices[at] ?? 0) * width + above
    counts[place] = (counts[place] ?? 0) + 1
  }
  const totals = Array.from({length: SLICES}, (_, slice) => sum(counts, slice * width, (slice + 1) * width))
  return points.map((_, point) => {
    const exceeding = totals.map((_, slice) => sum(counts, slice * width + point + 1, (slice + 1) * width))
    return dispersionOfCounts(exceeding, totals)
  })
}

/** The same for counts out of totals, a slice each. */
export function dispersionOfCounts(counts: readonly number[], totals: readonly number[]): number {
  const all = sum(totals, 0, totals.length)
  const share = sum(counts, 0, counts.length) / all
  const used = totals.filter((total) => total > 0).length
  if (!(share > 0 && share < 1) || used < 8) return 1
  let squared = 0
  for (const [slice, total] of totals.entries()) {
    if (total > 0) squared += ((counts[slice] ?? 0) - share * total) ** 2 / total
  }
  return Math.max(1, squared / (share * (1 - share)) / (used - 1))
}

/** Samples are summed as whole microseconds: the sum is the same in any order. */
const FINE = 1e3

/** The same for the mean: scatter of the means of slices, over what independent samples would have. */
export function dispersionOfMean(
  values: Float64Array,
  slices: Uint8Array,
  {mean, deviation}: {readonly mean: number; readonly deviation: number},
): number {
  const sums = new Float64Array(SLICES)
  const totals = new Float64Array(SLICES)
  for (let at = 0; at < values.length; at += 1) {
    const slice = slices[at] ?? 0
    sums[slice] = (sums[slice] ?? 0) + Math.round((values[at] ?? 0) * FINE)
    totals[slice] = (totals[slice] ?? 0) + 1
  }
  const used = totals.filter((total) => total > 0).length
  if (used < 8 || deviation === 0) return 1
  let between = 0
  for (const [slice, total] of totals.entries()) {
    if (total > 0) between += total * ((sums[slice] ?? 0) / FINE / total - mean) ** 2
  }
  return Math.max(1, between / (used - 1) / deviation ** 2)
}

function sum(values: ArrayLike<number>, from: number, to: number): number {
  let total = 0
  for (let at = from; at < to; at += 1) total += values[at] ?? 0
  return total
}
