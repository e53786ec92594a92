import {readFile, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {writeWhole} from '../../core/write-whole.js'
import type {LiveNote} from './live-note.schema.js'

const FILE = 'live.json'
/** It is written every second: one that is older was left by a run that was killed. */
const FRESH_MS = 10_000

/** Says how a run goes, in one piece. That it cannot be said stops no run. */
export async function writeLiveNote(folder: string, note: LiveNote): Promise<void> {
  await writeWhole(join(folder, FILE), `${JSON.stringify(note)}\n`, {mode: 0o600}).catch(() => undefined)
}

/** How a run goes that is under way; undefined of one that is over, or was killed. */
export async function readLiveNote(folder: string, nowMs: number): Promise<LiveNote | undefined> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const {liveNoteSchema} = await import('./live-note.schema.js')
  const parsed = liveNoteSchema.safeParse(parsedText(text))
  return parsed.success && Math.abs(nowMs - parsed.data.atMs) < FRESH_MS ? parsed.data : undefined
}

/** The run is over. */
export async function removeLiveNote(folder: string): Promise<void> {
  await rm(join(folder, FILE), {force: true}).catch(() => undefined)
}

function parsedText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
