import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest'
import {eventually} from '../support/eventually.js'
import {openShell, type ShellTerminal} from '../support/shell-terminal.js'

// The program as it is installed, on a terminal of its own, below a shell with job control.

const MONITOR = `'${process.execPath}' bin/run.js monitor --replay test/cases/board/demo.ndjson`
/** What nobody has foreseen: thrown from nowhere while the board is shown. */
const CRASH = `NODE_OPTIONS='--import "data:text/javascript,process.on(%22SIGUSR2%22,()=>{throw%20new%20Error(%22unforeseen%22)})"' `

let folder = ''
const shells: ShellTerminal[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bedrockctl-monitor-'))
})

afterEach(async () => {
  await Promise.all(shells.splice(0).map((shell) => shell.close()))
})

afterAll(() => rmSync(folder, {recursive: true, force: true}))

async function shellAt(columns = 100, rows = 30): Promise<ShellTerminal> {
  const shell = await openShell(columns, rows, {BEDROCKCTL_STATE_DIR: folder, BEDROCKCTL_CACHE_DIR: folder})
  shells.push(shell)
  return shell
}

/** The board shown, and how the terminal was before. */
async function monitorIn(
  shell: ShellTerminal,
  before = '',
): Promise<{readonly modes: Awaited<ReturnType<ShellTerminal['modes']>>}> {
  const modes = await shell.modes()
  shell.type(`${before}${MONITOR}\r`)
  await shell.sees(/^Overview .*live[\s\S]*› /m)
  expect(await shell.isAlternate()).toBe(true)
  return {modes}
}

async function expectAsFound(shell: ShellTerminal, modes: Awaited<ReturnType<ShellTerminal['modes']>>): Promise<void> {
  await shell.sees(/\$ $/m)
  expect(await shell.isAlternate()).toBe(false)
  await eventually(async () => expect(await shell.modes()).toEqual(modes))
  expect((await shell.screen()).join('\n')).not.toContain('Overview')
}

test('keys move and open, a resize by the terminal leaves no garbage, and q leaves no trace', async () => {
  const shell = await shellAt()
  const {modes} = await monitorIn(shell)

  shell.type('j')
  shell.type(':models\r')
  await shell.sees(/^Overview › Models /m)
  for (const [columns, rows] of [
    [80, 24],
    [140, 40],
  ] as const) {
    shell.resize(columns, rows)
    await eventually(async () => {
      const lines = await shell.screen()
      expect(lines.at(-1)).toMatch(/quit/)
      expect(lines.filter((line) => line.startsWith('Overview › Models'))).toHaveLength(1)
      expect(lines[0]).toMatch(/UTC$/)
      expect(lines[0]?.length).toBe(columns)
    })
  }
  shell.resize(100, 30)
  shell.type('q')

  await expectAsFound(shell, modes)
})

test('Ctrl-Z gives the terminal to the shell, and fg brings the board back', async () => {
  const shell = await shellAt()
  const {modes} = await monitorIn(shell)

  shell.type('\u001A')
  await shell.sees(/Stopped[\s\S]*\$ $/m)
  await expectAsFound(shell, modes)
  shell.type('fg\r')
  await shell.sees(/^Overview .*live[\s\S]*› /m)
  shell.type('q')

  await expectAsFound(shell, modes)
})

test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('%s leaves the terminal as it was', async (signal) => {
  const shell = await shellAt()
  const {modes} = await monitorIn(shell)

  process.kill(shell.pid(), signal)

  await expectAsFound(shell, modes)
  shell.type('echo code $?\r')
  await shell.sees(/^code 130$/m)
})

test('a crash leaves the terminal as it was, with the reason', async () => {
  const shell = await shellAt()
  const {modes} = await monitorIn(shell, CRASH)

  process.kill(shell.pid(), 'SIGUSR2')

  await shell.sees(/unforeseen/)
  await expectAsFound(shell, modes)
})

test('once the terminal is gone the program ends', async () => {
  const shell = await shellAt()
  await monitorIn(shell)
  const pid = shell.pid()

  shell.hangUp()

  await eventually(() => expect(() => process.kill(pid, 0)).toThrow())
})
