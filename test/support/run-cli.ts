import {spawn} from 'node:child_process'
import {join} from 'node:path'
import type {Interfaces} from '@oclif/core'
import {getHelpFlagAdditions, normalizeArgv} from '@oclif/core/help'
import {BedrockctlHelp} from '../../src/help.js'
import {reportError} from '../../src/lib/cli/report-error.js'
import {readReporting} from '../../src/lib/cli/reporting.js'
import {main} from '../../src/main.js'
import {ROOT} from './command-classes.js'
import {bareEnvironment, type CliResult, onStage, type StageOptions, withFolder} from './process-stage.js'
import {type ExtraCommands, loadSourceConfig} from './source-config.js'

export interface RunOptions extends StageOptions {
  /** Commands of the test's own, by id (`models:probe`). */
  readonly commands?: ExtraCommands
}

/**
 * Runs the command line in this process over the sources: what a user would type after `bedrockctl`. Streams,
 * environment, terminal and exit code are the test's own. Calls run one after the other.
 */
export function runCli(argv: readonly string[], options: RunOptions = {}): Promise<CliResult> {
  return onStage(options, async () => {
    const config = await loadSourceConfig(options.commands)
    const [id = ''] = normalizeArgv(config, [...argv])
    const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
    const isTopic = config.findCommand(id) === undefined && config.findTopic(id) !== undefined
    const asked = words[0] === 'help' || getHelpFlagAdditions(config).some((flag) => words.includes(flag))
    // oclif would load the help class from dist.
    if (words.length === 0 || asked) await showHelp(config, argv)
    else if (isTopic) await showHelp(config, [id])
    else await main(config, argv)
  })
}

async function showHelp(config: Interfaces.Config, argv: readonly string[]): Promise<void> {
  try {
    await new BedrockctlHelp(config).showHelp([...argv])
  } catch (error) {
    reportError(error, readReporting(argv, process.env))
  }
}

/** Runs bin/run.js of the built program in a process of its own. */
export function spawnCli(
  argv: readonly string[],
  options: Omit<StageOptions, 'tty'> & {readonly cwd?: string} = {},
): Promise<CliResult> {
  return withFolder(
    (folder) =>
      new Promise<CliResult>((resolve, reject) => {
        const child = spawn(process.execPath, [join(ROOT, 'bin', 'run.js'), ...argv], {
          cwd: options.cwd ?? folder,
          env: bareEnvironment(folder, options.env),
        })
        const output = {stdout: '', stderr: ''}
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          output.stdout += text
        })
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          output.stderr += text
        })
        child.on('error', reject)
        child.on('close', (code, signal) => resolve({...output, exitCode: code ?? (signal === 'SIGINT' ? 130 : 143)}))
        child.stdin.on('error', () => undefined)
        child.stdin.end(options.stdin ?? '')
      }),
  )
}
