import type {Axis} from './chart.js'

/** The label of an axis; a logarithmic one says so. */
export function axisLabel({label, scale}: Axis): string {
  return scale === 'log' ? `${label} (logarithmic)` : label
}
