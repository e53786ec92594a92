import {amdSmi} from './amd-smi.js'
import {readGpuHost} from './gpu-host.js'
import {jsonToolSampler} from './json-tool.js'
import {type MeteredServer, metricsSampler} from './metrics-sampler.js'
import {nvidiaSampler} from './nvidia-smi.js'
import type {TelemetryRow, TelemetrySampler} from './ports.js'
import {rocmSmi} from './rocm-smi.js'
import {type ToolAnswer, toolPlace} from './tool.js'

export interface TelemetryInput {
  /** As given to `--gpu-host`: `local` for this machine, or a machine to reach by ssh. */
  readonly gpuHosts: readonly string[]
  /** Servers whose own metrics are read: those behind `openai:` targets. */
  readonly servers: readonly MeteredServer[]
}

/**
 * A sampler for the GPUs of each machine and one for each server, tried out: what cannot be read is there as well and says why. Throws
 * only for a host that names no machine.
 */
export async function openTelemetry(input: TelemetryInput, signal: AbortSignal): Promise<readonly TelemetrySampler[]> {
  const hosts = [...new Set(input.gpuHosts)].map((host) => (host === 'local' ? undefined : readGpuHost(host)))
  const gpus = hosts.map((host) => gpuSampler(host, signal))
  const servers = new Map(input.servers.map((server) => [server.baseUrl, server]))
  return Promise.all([...gpus, ...[...servers.values()].map((server) => metricsSampler(server, signal))])
}

/** Found on the PATH, or where the packages of ROCm put it. */
const AMD_TOOLS = ['amd-smi', '/opt/rocm/bin/amd-smi'].map(amdSmi)
const ROCM_TOOLS = ['rocm-smi', '/opt/rocm/bin/rocm-smi'].map(rocmSmi)

/** The first tool that answers; else the reason of the first that is there and fails. */
async function gpuSampler(host: string | undefined, signal: AbortSignal): Promise<TelemetrySampler> {
  const place = toolPlace(host)
  const attempts = [
    () => nvidiaSampler(place, signal),
    ...[...AMD_TOOLS, ...ROCM_TOOLS].map((tool) => () => jsonToolSampler(tool, place, signal)),
  ]
  let failed: ToolAnswer | undefined
  for (const attempt of attempts) {
    const answer = await attempt()
    if ('rows' in answer) return answer
    if (answer.kind === 'unreachable') return nothing(`GPUs${place.at}`, answer.why)
    if (answer.kind === 'failed') failed ??= answer
  }
  const where = host === undefined ? 'on the PATH' : `on the PATH of ${host}`
  return nothing(`GPUs${place.at}`, failed?.why ?? `none of nvidia-smi, amd-smi and rocm-smi is ${where}`)
}

function nothing(label: string, why: string): TelemetrySampler {
  return {
    label,
    absent: () => why,
    devices: () => [],
    notes: () => [],
    async *rows() {},
  }
}

/** Follows all samplers until the signal is aborted; resolves when every one has ended, with its process. Never rejects. */
export async function followTelemetry(
  samplers: readonly TelemetrySampler[],
  everyMs: number,
  signal: AbortSignal,
  onRow: (row: TelemetryRow) => void,
): Promise<void> {
  await Promise.all(
    samplers.map(async (sampler) => {
      for await (const row of sampler.rows(everyMs, signal)) onRow(row)
    }),
  )
}
