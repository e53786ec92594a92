import type {OpenLevel} from './level.js'

/** Requests a second where the level asks for most; of a replay its mean. */
export function highestRate(level: OpenLevel): number {
  switch (level.kind) {
    case 'rate':
      return level.shape.kind === 'burst' ? (level.shape.size * 1000) / level.shape.periodMs : level.perSecond
    case 'ramp':
      return Math.max(level.from, level.to)
    case 'replay':
      return (level.atMs.length / Math.max(1, level.atMs.at(-1) ?? 1)) * 1000
  }
}
