import {execFile} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {ROOT} from '../support/command-classes.js'
import {bareEnvironment, withFolder} from '../support/process-stage.js'

/** Runs a line of bash in which `$cli` is the built program. */
function shell(line: string): Promise<{readonly stdout: string; readonly stderr: string}> {
  return withFolder(
    (folder) =>
      new Promise((resolve) => {
        const env = {...bareEnvironment(folder), cli: `${process.execPath} ${join(ROOT, 'bin', 'run.js')}`}
        execFile('bash', ['--norc', '-c', line], {cwd: folder, env}, (_, stdout, stderr) => resolve({stdout, stderr}))
      }),
  )
}

test('a reader that goes away ends the program quietly', async () => {
  const {stdout, stderr} = await shell('$cli models list --offline -o ndjson | head -n 1')

  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  expect(stderr).toBe('')
})

test('a stderr that is closed changes nothing', async () => {
  expect((await shell('$cli models list --nonsense 2>&-; echo $?')).stdout).toBe('2\n')
})

test('a stdin that is closed changes nothing', async () => {
  expect((await shell('$cli models list --offline -o ndjson <&- > out; echo $?')).stdout).toBe('0\n')
})

test.runIf(existsSync('/dev/full'))('a full disk is one line and exit 2, not a stack trace', async () => {
  const {stdout, stderr} = await shell('$cli models list --offline > /dev/full; echo $?')

  expect(stdout).toBe('2\n')
  expect(stderr).toMatch(/^error {2}The output cannot be written: ENOSPC.*\n$/)
})

test.each(['HUP', 'TERM', 'INT'])(
  'SIG%s ends what goes on tidily: exit 130, and what it writes is whole',
  async (signal) => {
    const {stdout} = await shell(`
    coproc { exec $cli monitor --sandbox -o ndjson --record night.ndjson; }
    board=$COPROC_PID
    read -r sample <&"\${COPROC[0]}"
    kill -${signal} $board; kill -HUP $board
    wait $board; echo $?
    $cli monitor --replay night.ndjson --once --json --query simulated`)

    expect(stdout).toBe('130\ntrue\n')
  },
)
