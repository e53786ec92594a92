import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi} from 'vitest'
import {followTelemetry, openTelemetry} from '../../src/lib/bench/telemetry/open-telemetry.js'
import type {TelemetryRow, TelemetrySampler} from '../../src/lib/bench/telemetry/ports.js'

let folder = ''
const path = process.env['PATH']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-telemetry-'))
})
beforeEach(() => {
  process.env['PATH'] = [folder, '/usr/bin', '/bin'].join(delimiter)
})
afterEach(async () => {
  await Promise.all(TOOLS.map((name) => rm(join(folder, name), {force: true})))
})
afterAll(async () => {
  process.env['PATH'] = path
  await rm(folder, {recursive: true})
})

const TOOLS = ['nvidia-smi', 'amd-smi', 'rocm-smi', 'ssh']

async function tool(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\nFOLDER='${folder}'\n${script}\n`)
  await chmod(join(folder, name), 0o755)
}

const signal = new AbortController().signal

async function gpus(host = 'local'): Promise<TelemetrySampler> {
  const [sampler] = await openTelemetry({gpuHosts: [host], servers: []}, signal)
  if (!sampler) throw new Error('no sampler')
  return sampler
}

/** Follows a sampler until there are so many rows, or no more. */
async function take(sampler: TelemetrySampler, most: number, everyMs = 100): Promise<readonly TelemetryRow[]> {
  const ended = new AbortController()
  const rows: TelemetryRow[] = []
  await followTelemetry([sampler], everyMs, ended.signal, (row) => {
    rows.push(row)
    if (rows.length >= most) ended.abort()
  })
  return rows
}

const ONE = '0, 87, 40000, 512.34, 1755, 2619, 61, 81559, 0x0000000000000004'
const FACTS = 'NVIDIA H200, 570.86.15, 700.00, Disabled'

/** A driver that knows every field; its stream is the `loop`. */
const driver = (loop: string, probe = `echo '${ONE}, ${FACTS}'`) => `
echo $$ > "$FOLDER/pid"
echo "$*" >> "$FOLDER/calls"
case "$*" in
*-lms*) ${loop} ;;
*) ${probe} ;;
esac`

const FOREVER = `while :; do echo '${ONE}'; sleep 0.01; done`

/** Runs what it is asked on this machine, as a child that no signal reaches, and is ended like a connection. */
const SSH = `
echo "$*" >> "$FOLDER/ssh-calls"
while [ "$1" != -- ]; do shift; done
exec 3<&0
sh -c "$3" <&3 3<&- &
exec 3<&-
wait $!`

async function pidOfTool(): Promise<number> {
  return Number(await readFile(join(folder, 'pid'), 'utf8'))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a tool that hangs with its outputs open is not waited for', async () => {
  await tool('nvidia-smi', 'sleep 60 & echo $! > "$FOLDER/pid"; wait')
  const stop = new AbortController()
  const opened = openTelemetry({gpuHosts: ['local'], servers: []}, stop.signal)
  const pid = await vi.waitFor(async () => {
    const found = await pidOfTool()
    expect(found).toBeGreaterThan(0)
    return found
  }, 10_000)

  stop.abort()

  await expect(opened).resolves.toHaveLength(1)
  process.kill(pid)
})

describe.each([
  ['here', undefined],
  ['by ssh', 'ubuntu@gpu-1.example.net'],
] as const)('GPUs %s', (_, host) => {
  const at = host === undefined ? '' : ` on ${host}`

  beforeEach(async () => {
    await tool('ssh', SSH)
  })

  test('nvidia-smi streams by one process, which ends with the run', async () => {
    await tool('nvidia-smi', driver(FOREVER))
    const sampler = await gpus(host)

    const rows = await take(sampler, 3)

    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatchObject({
      source: `nvidia-smi${at}`,
      device: '0',
      throttle: 4,
      values: {utilization: 87, 'memory-used': 40_000, power: 512.34, 'sm-clock': 1755, temperature: 61},
    })
    expect(sampler.devices()).toEqual([
      {device: '0', name: 'NVIDIA H200', facts: ['driver 570.86.15', '81559 MiB', 'power limit 700 W']},
    ])
    expect(sampler.absent()).toBeUndefined()
    const pid = await pidOfTool()
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), {timeout: 3000})
  })

  test('a tool that dies in the middle leaves its rows, and the reason', async () => {
    await tool('nvidia-smi', driver(`echo '${ONE}'; echo 'GPU is lost' >&2; exit 15`))
    const sampler = await gpus(host)

    const rows = await take(sampler, 99)

    expect(rows).toHaveLength(1)
    expect(sampler.absent()).toBe(`nvidia-smi${at} ended with 15: GPU is lost`)
  })

  test('amd-smi is asked again and again by one process', async () => {
    await tool(
      'amd-smi',
      `echo 'WARNING: User is missing the following required groups'
echo '[{"gpu":0,"usage":{"gfx_activity":{"value":93,"unit":"%"}},"mem_usage":{"total_vram":{"value":1000,"unit":"MB"},"used_vram":{"value":250,"unit":"MB"}},'
echo '"power":{"socket_power":{"value":650,"unit":"W"}},"temperature":{"hotspot":{"value":"N/A"},"edge":"N/A"},"clock":{"gfx_0":{"clk":{"value":2100,"unit":"MHz"}}}}]'`,
    )
    const sampler = await gpus(host)

    const rows = await take(sampler, host === undefined ? 2 : 1)
    const row = rows.at(-1)

    expect(row).toMatchObject({source: `amd-smi${at}`, device: '0'})
    expect(row?.values).toEqual({
      utilization: 93,
      'memory-used': 250,
      'memory-share': 25,
      power: 650,
      'sm-clock': 2100,
    })
    expect(sampler.notes()).toEqual(['amd-smi does not tell temperature'])
  })

  test('a machine without any tool says so', async () => {
    const sampler = await gpus(host)

    expect(await take(sampler, 1)).toEqual([])
    const where = host === undefined ? 'on the PATH' : `on the PATH of ${host}`
    expect(sampler.absent()).toBe(`none of nvidia-smi, amd-smi and rocm-smi is ${where}`)
  })
})

test('a field that the driver does not know is left out with the reason, and its older name is tried', async () => {
  await tool(
    'nvidia-smi',
    `case "$*" in
*clocks_event_reasons*) echo 'Field "clocks_event_reasons.active" is not a valid field to query.'; exit 2 ;;
*mig.mode*) echo 'Field "mig.mode.current" is not a valid field to query.'; exit 2 ;;
*-lms*) while :; do echo '${ONE}'; sleep 0.01; done ;;
*clocks_throttle_reasons.active*) echo '${ONE}, Tesla V100, 418.87, 300.00' ;;
esac`,
  )
  const sampler = await gpus()

  const [row] = await take(sampler, 1)

  expect(row?.throttle).toBe(4)
  expect(sampler.notes()).toEqual(['this driver does not tell mig.mode.current'])
})

test('MIG is said, and what is not told is absent rather than 0', async () => {
  const line = '0, [N/A], 512, [Not Supported], [Unknown Error], 2619, 40, 81559, [N/A]'
  await tool('nvidia-smi', driver(`echo '${line}'; sleep 5`, `echo '${line}, NVIDIA H200, 570.86.15, 700.00, Enabled'`))
  const sampler = await gpus()

  const [row] = await take(sampler, 1)

  expect(Object.keys(row?.values ?? {}).sort()).toEqual(['memory-clock', 'memory-share', 'memory-used', 'temperature'])
  expect(row?.throttle).toBeUndefined()
  expect(sampler.notes()).toEqual(['GPU 0 is cut up by MIG: its utilisation is not told'])
})

test.each([
  [
    'lines that are none',
    'while :; do echo "%$ unexpected \\033[2J"; done',
    'answers with something else than readings',
  ],
  ['a line without an end', 'head -c 3000000 /dev/zero; exit 3', 'nvidia-smi ended with 3'],
])('%s end the rows and not the run', async (_, loop, why) => {
  await tool('nvidia-smi', driver(loop))
  const sampler = await gpus()

  expect(await take(sampler, 1)).toEqual([])

  expect(sampler.absent()).toContain(why)
})

test('a driver that fails is told in its own words', async () => {
  await tool('nvidia-smi', 'echo "NVIDIA-SMI has failed because it could not communicate with the driver."; exit 9')

  expect((await gpus()).absent()).toBe('NVIDIA-SMI has failed because it could not communicate with the driver.')
})

test('rocm-smi stands in where amd-smi is not', async () => {
  await tool(
    'rocm-smi',
    `echo '{"card0":{"GPU use (%)":"35","VRAM Total Memory (B)":"1048576000","VRAM Total Used Memory (B)":"104857600","Average Graphics Package Power (W)":"120.5","Temperature (Sensor junction) (C)":"55.0","sclk clock speed:":"(1700Mhz)","Card Series":"Instinct MI210"},"system":{"Driver version":"6.2"}}'`,
  )
  const sampler = await gpus()

  const [row] = await take(sampler, 1)

  expect(row?.values).toEqual({
    utilization: 35,
    'memory-used': 100,
    'memory-share': 10,
    power: 120.5,
    temperature: 55,
    'sm-clock': 1700,
  })
  expect(sampler.devices()[0]?.name).toBe('Instinct MI210')
})

test('an ssh that cannot reach the machine is told once, and asked for no other tool', async () => {
  await rm(join(folder, 'ssh-calls'), {force: true})
  await tool(
    'ssh',
    'echo "$*" >> "$FOLDER/ssh-calls"; echo "ubuntu@gone: Permission denied (publickey)." >&2; exit 255',
  )

  const sampler = await gpus('ubuntu@gone')

  expect(sampler.absent()).toBe('ubuntu@gone: Permission denied (publickey).')
  const calls = (await readFile(join(folder, 'ssh-calls'), 'utf8')).trim().split('\n')
  expect(calls).toHaveLength(1)
  expect(calls[0]).toContain('BatchMode=yes')
  expect(calls[0]).toMatch(/ -- ubuntu@gone nvidia-smi --query-gpu=/)
})

test.each([
  '-oProxyCommand=id',
  'host; id',
  'a b',
  'host$(id)',
  'user@',
  '@host',
  'u@h/x',
  'h\nid',
  '',
  'x'.repeat(300),
])('a GPU host %j is refused before anything is started', async (host) => {
  await expect(openTelemetry({gpuHosts: [host], servers: []}, signal)).rejects.toMatchObject({
    code: 'GPU_HOST',
    fault: 'usage',
  })
})

describe('metrics of servers', () => {
  let server: Server
  let answer: {status: number; body: string; type?: string} = {status: 404, body: ''}
  const asked: string[] = []

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(answer.status, {'content-type': 'text/plain'}).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => server.close())

  const open = async () => {
    const {port} = server.address() as AddressInfo
    const servers = [{baseUrl: `http://user:secret@127.0.0.1:${port}/v1`}]
    const [sampler] = await openTelemetry({gpuHosts: [], servers}, signal)
    if (!sampler) throw new Error('no sampler')
    return {sampler, port}
  }

  test('are read beside the API, without the credentials of its address', async () => {
    answer = {status: 200, body: 'vllm:num_requests_running{engine="0"} 3\nvllm:num_requests_waiting{engine="0"} 1\n'}

    const {port, sampler} = await open()
    const [row] = await take(sampler, 1)

    expect(sampler.label).toBe(`http://127.0.0.1:${port}/metrics`)
    expect(row).toMatchObject({device: `127.0.0.1:${port}`, values: {running: 3, queue: 1}})
    expect(sampler.devices()[0]?.name).toBe('vLLM')
  })

  test.each([
    [404, '', 'HTTP 404'],
    [200, '<html>hello</html>', 'it tells metrics of none of vLLM'],
    [200, 'go_goroutines 12', 'it tells metrics of none of vLLM'],
  ])('that are not there (%i %j) are told', async (status, body, why) => {
    asked.length = 0
    answer = {status, body}

    const {sampler} = await open()

    expect(sampler.absent()).toContain(why)
    expect(asked).toEqual(['/metrics', '/v1/metrics'])
    expect(await take(sampler, 1)).toEqual([])
  })
})
