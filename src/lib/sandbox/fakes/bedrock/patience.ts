import {setImmediate} from 'node:timers/promises'
import type {RequestContext} from '../../handler.js'

/** How long an answer waits for what is due of a job: a small one is done by then, a large one goes on. */
const PATIENCE_MS = 1000

/** Waits on the sandbox's clock: where it stands still, everything that is due gets done. */
export async function patiently(work: Promise<unknown>, {sleep}: RequestContext): Promise<void> {
  const idle = await Promise.race([work.then(() => true), setImmediate(false)])
  if (!idle) await Promise.race([work, sleep(PATIENCE_MS)])
}
