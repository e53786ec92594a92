import {isTree} from '../../core/is-tree.js'
import {toldOnly} from './amd-smi.js'
import type {JsonTool} from './json-tool.js'
import type {TelemetryRow} from './ports.js'

const ASKED = ['--showuse', '--showmemuse', '--showmeminfo', 'vram', '--showpower', '--showtemp', '--showclocks']
const MIB = 1024 * 1024

/** AMD's older tool: a member a card, all values as texts, whose names changed over the versions. */
export function rocmSmi(path: string): JsonTool {
  const cards = (document: unknown) =>
    isTree(document) ? Object.entries(document).flatMap(([name, card]) => readCard(name, card) ?? []) : []
  return {
    name: 'rocm-smi',
    words: [path, ...ASKED, '--showproductname', '--json'],
    read: (document) => cards(document).map(({row}) => row),
    devices: (document) => cards(document).map(({name, row}) => ({device: row.device, name, facts: []})),
  }
}

interface Card {
  readonly row: Omit<TelemetryRow, 'atMs' | 'source'>
  readonly name: string | undefined
}

function readCard(key: string, card: unknown): Card | undefined {
  const device = /^card(\d{1,4})$/.exec(key)?.[1]
  if (device === undefined || !isTree(card)) return undefined
  const first = (...names: readonly RegExp[]) => {
    const found = names.flatMap((name) => Object.entries(card).filter(([member]) => name.test(member)))
    return found.map(([, value]) => toNumber(value)).find((value) => value !== undefined)
  }
  const used = first(/^VRAM Total Used Memory \(B\)$/)
  const total = first(/^VRAM Total Memory \(B\)$/)
  const share = total && used !== undefined ? (100 * used) / total : undefined
  const series = card['Card Series'] ?? card['Card series'] ?? card['Device Name']
  return {
    name: typeof series === 'string' ? series.slice(0, 80) : undefined,
    row: {
      device,
      values: toldOnly({
        utilization: first(/^GPU use \(%\)$/),
        'memory-used': used === undefined ? undefined : used / MIB,
        'memory-share': share ?? first(/^GPU Memory Allocated \(VRAM%\)$/, /^GPU memory use \(%\)$/),
        power: first(/^Current Socket Graphics Package Power \(W\)$/, /^Average Graphics Package Power \(W\)$/),
        temperature: first(/^Temperature \(Sensor junction\) \(C\)$/, /^Temperature \(Sensor edge\) \(C\)$/),
        'sm-clock': first(/^sclk clock speed:?$/),
        'memory-clock': first(/^mclk clock speed:?$/),
      }),
    },
  }
}

/** `"35.0"`, `"(1700Mhz)"`; anything without a number in it is not told. */
function toNumber(value: unknown): number | undefined {
  const text = /^\(?(\d+(?:\.\d+)?)(?:Mhz\))?$/i.exec(String(value).trim())?.[1]
  return text === undefined ? undefined : Number(text)
}
