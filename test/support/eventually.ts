import {vi} from 'vitest'

/** Waits until the check passes; longer than vitest would, for a machine that is busy with other tests. */
export function eventually(check: () => Promise<void> | void): Promise<void> {
  return vi.waitFor(check, {timeout: 10_000, interval: 20})
}
