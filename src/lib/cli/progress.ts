/** One line on stderr that updates in place; silent off a terminal. */
export interface Progress {
  /**
   * `what` is counted, with its unit: `MB checked`, `records answered`; another one starts the clock anew. `total` is
   * undefined while nobody knows how much there is, or when the rest will not come at the same pace.
   */
  update(done: number, total: number | undefined, what: string, detail?: string): void
  /** Removes the line: the answer is about to be printed. */
  clear(): void
}

const REFRESH_MS = 80

/** For what runs where no line may be drawn. */
export const SILENT: Progress = {update: () => undefined, clear: () => undefined}

export function createProgress(
  stream: {readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown},
  options: {readonly enabled: boolean; readonly now: () => number},
): Progress {
  if (!options.enabled || stream.isTTY !== true) return SILENT
  let startedAt = options.now()
  let counted: string | undefined
  let drawnAt = 0
  let drawn = false
  return {
    update(done, total, what, detail) {
      const now = options.now()
      if (counted !== undefined && counted !== what) startedAt = now
      counted = what
      if (done !== total && now - drawnAt < REFRESH_MS) return
      drawnAt = now
      drawn = true
      const seconds = (now - startedAt) / 1000
      const left =
        total !== undefined && done > 0 && done < total
          ? `, ${((seconds / done) * (total - done)).toFixed(0)} s left`
          : ''
      const count = total === undefined ? `${done}` : `${done}/${total}`
      const line = `${count} ${what}${detail === undefined ? '' : `, ${detail}`}, ${seconds.toFixed(1)} s${left}`
      stream.write(`\r\u001B[2K${line.slice(0, (stream.columns || 80) - 1)}`)
    },
    clear() {
      if (drawn) stream.write('\r\u001B[2K')
      drawn = false
    },
  }
}
