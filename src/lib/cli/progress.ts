/** One line on stderr that updates in place; silent off a terminal. */
export interface Progress {
  /** `total` is undefined while nobody knows how much there is. */
  update(done: number, total: number | undefined, what: string): void
  /** Removes the line: the answer is about to be printed. */
  clear(): void
}

const REFRESH_MS = 80

export function createProgress(
  stream: {readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown},
  options: {readonly enabled: boolean; readonly now: () => number},
): Progress {
  if (!options.enabled || stream.isTTY !== true) return {update: () => undefined, clear: () => undefined}
  const startedAt = options.now()
  let drawnAt = 0
  let drawn = false
  return {
    update(done, total, what) {
      const now = options.now()
      if (done !== total && now - drawnAt < REFRESH_MS) return
      drawnAt = now
      drawn = true
      const seconds = (now - startedAt) / 1000
      const left =
        total !== undefined && done > 0 && done < total
          ? `, ${((seconds / done) * (total - done)).toFixed(0)} s left`
          : ''
      const count = total === undefined ? `${done}` : `${done}/${total}`
      const line = `${what} ${count}, ${seconds.toFixed(1)} s${left}`
      stream.write(`\r\u001B[2K${line.slice(0, (stream.columns || 80) - 1)}`)
    },
    clear() {
      if (drawn) stream.write('\r\u001B[2K')
      drawn = false
    },
  }
}
