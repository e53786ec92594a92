import {isTree} from '../../core/is-tree.js'
import type {JsonTool} from './json-tool.js'
import type {TelemetryName, TelemetryRow} from './ports.js'

/**
 * AMD's newer tool. `power.socket_power` was `average_socket_power`; members that a device has not are the text N/A.
 * Source: AMD SMI CLI, `amd-smi metric --json`.
 */
export function amdSmi(path: string): JsonTool {
  return {
    name: 'amd-smi',
    words: [path, 'metric', '--json'],
    read: (document) => gpusOf(document).flatMap((gpu) => readGpu(gpu) ?? []),
    devices: (document) =>
      gpusOf(document).flatMap((gpu) => {
        const device = deviceOf(gpu)
        return device === undefined ? [] : [{device, name: undefined, facts: []}]
      }),
  }
}

function gpusOf(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document
  const inside = memberOf(document, 'gpu_data')
  return Array.isArray(inside) ? inside : []
}

function deviceOf(gpu: unknown): string | undefined {
  const number = memberOf(gpu, 'gpu')
  return typeof number === 'number' && Number.isInteger(number) ? String(number) : undefined
}

function readGpu(gpu: unknown): Omit<TelemetryRow, 'atMs' | 'source'> | undefined {
  const device = deviceOf(gpu)
  if (device === undefined) return undefined
  const at = (...path: readonly string[]) => numberIn(path.reduce(memberOf, gpu))
  const used = at('mem_usage', 'used_vram')
  const total = at('mem_usage', 'total_vram')
  const told: Readonly<Partial<Record<TelemetryName, number | undefined>>> = {
    utilization: at('usage', 'gfx_activity'),
    'memory-used': used,
    'memory-share': total && used !== undefined ? (100 * used) / total : undefined,
    power: at('power', 'socket_power') ?? at('power', 'average_socket_power') ?? at('power', 'current_socket_power'),
    temperature: at('temperature', 'hotspot') ?? at('temperature', 'edge'),
    'sm-clock': at('clock', 'gfx_0', 'clk'),
    'memory-clock': at('clock', 'mem_0', 'clk'),
  }
  return {device, values: toldOnly(told)}
}

/** Without what is not told. */
export function toldOnly(
  values: Readonly<Partial<Record<TelemetryName, number | undefined>>>,
): Partial<Record<TelemetryName, number>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function memberOf(tree: unknown, name: string): unknown {
  return isTree(tree) ? tree[name] : undefined
}

/** `{value, unit}`, or the value alone. */
function numberIn(told: unknown): number | undefined {
  const value = memberOf(told, 'value') ?? told
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}
