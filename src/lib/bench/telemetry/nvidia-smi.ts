import {FACT_FIELDS, READ_FIELDS, REASONS, readFields, readNumber, readReading} from './nvidia-fields.js'
import type {TelemetryDevice, TelemetrySampler} from './ports.js'
import type {ToolAnswer, ToolPlace} from './tool.js'
import {followTool, type SamplerState, toolSampler} from './tool-sampler.js'

const FORMAT = '--format=csv,noheader,nounits'

/** NVIDIA's GPUs; the answer of the probe where there is no such tool or it fails. */
export async function nvidiaSampler(place: ToolPlace, signal: AbortSignal): Promise<TelemetrySampler | ToolAnswer> {
  const probed = await probe(place, signal)
  if (!('fields' in probed)) return probed
  const state: SamplerState = {
    label: `nvidia-smi${place.at}`,
    devices: probed.devices,
    notes: [...probed.dropped, ...probed.notes],
  }
  const {fields} = probed
  return toolSampler(state, async (everyMs, ended, rows) => {
    const pace = Math.max(MIN_EVERY_MS, Math.round(everyMs))
    const words = ['nvidia-smi', `--query-gpu=${fields.join(',')}`, FORMAT, '-lms', String(pace)]
    const stream = await place.stream(words, ended)
    return followTool(state, stream, (line) => {
      const row = readReading(line, fields, {atMs: performance.now(), source: state.label})
      if (row) rows.push(row)
      return row !== undefined
    })
  })
}

/** The driver refreshes what it tells a few times a second. */
const MIN_EVERY_MS = 100

interface Probed {
  readonly fields: readonly string[]
  readonly devices: readonly TelemetryDevice[]
  readonly dropped: readonly string[]
  readonly notes: readonly string[]
}

/** Asks for every field once; one that this driver does not know fails the whole call, and is left out of the next. */
async function probe(place: ToolPlace, signal: AbortSignal): Promise<Probed | ToolAnswer> {
  let read = READ_FIELDS
  let facts = FACT_FIELDS
  const dropped: string[] = []
  for (;;) {
    const fields = [...read, ...facts]
    const answer = await place.run(['nvidia-smi', `--query-gpu=${fields.join(',')}`, FORMAT], signal)
    const unknown = /Field "([\w.]+)" is not a valid field/.exec(`${answer.output}\n${answer.why}`)?.[1]
    if (answer.kind === 'failed' && unknown !== undefined && fields.includes(unknown) && unknown !== 'index') {
      if (unknown === REASONS[0]) read = read.map((field) => (field === unknown ? REASONS[1] : field))
      else {
        read = read.filter((field) => field !== unknown)
        facts = facts.filter((field) => field !== unknown)
        dropped.push(`this driver does not tell ${unknown}`)
      }
      continue
    }
    if (answer.kind !== 'answered') return answer
    const lines = answer.output.split('\n').flatMap((line) => readFields(line.trimEnd(), fields) ?? [])
    if (lines.length === 0) return {...answer, kind: 'failed', why: `nvidia-smi${place.at} tells of no GPU`}
    return {fields: read, devices: lines.map(toDevice), dropped, notes: lines.flatMap(notesOf)}
  }
}

type Told = ReadonlyMap<string, string>

function toDevice(told: Told): TelemetryDevice {
  const limit = readNumber(told.get('enforced.power.limit'))
  const memory = readNumber(told.get('memory.total'))
  const driver = told.get('driver_version')
  return {
    device: told.get('index') ?? '',
    name: told.get('name'),
    facts: [
      ...(driver ? [`driver ${driver}`] : []),
      ...(memory === undefined ? [] : [`${memory} MiB`]),
      ...(limit === undefined ? [] : [`power limit ${limit} W`]),
    ],
  }
}

function notesOf(told: Told): readonly string[] {
  const gpu = `GPU ${told.get('index')}`
  if (told.get('mig.mode.current') === 'Enabled') return [`${gpu} is cut up by MIG: its utilisation is not told`]
  return readNumber(told.get('utilization.gpu')) === undefined ? [`${gpu} does not tell its utilisation`] : []
}
