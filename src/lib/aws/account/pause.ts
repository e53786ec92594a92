import {setTimeout as wait} from 'node:timers/promises'

/** Waits, or not to the end when aborted: the next call tells. Any number may wait for one signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, {signal: AbortSignal.any([signal])}).catch(() => undefined)
}
