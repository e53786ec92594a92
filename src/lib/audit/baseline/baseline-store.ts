import {readFile, stat} from 'node:fs/promises'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import {firstLines} from '../../core/text.js'
import {writeWhole} from '../../core/write-whole.js'
import type {BaselineFile, OpenBaseline} from './baseline.schema.js'

/** As many problems are told; the rest is a number. */
const TOLD = 8

/** What a file accepts; nothing when there is no such file yet. */
export async function openBaseline(file: string): Promise<OpenBaseline['accepted']> {
  const exists = await stat(file).catch(() => undefined)
  return exists === undefined ? [] : (await readBaseline(file)).accepted
}

/** Reads the file in which findings are accepted; every wrong place is told. */
export async function readBaseline(file: string): Promise<OpenBaseline> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw usageError('BASELINE_UNREADABLE', `${file} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Accept a finding first, or name another file.',
      actions: [`bedrockctl audit baseline <FINGERPRINT> --reason <WHY> --owner <WHO> --expires 90d --file ${file}`],
      cause,
    })
  })
  const {baselineFileSchema} = await import('./baseline.schema.js')
  const parsed = baselineFileSchema.safeParse(parse(file, text))
  if (!parsed.success) {
    throw damaged(
      file,
      parsed.error.issues.map(({path, message}) => `${path.join('.') || 'the document'}: ${message}`),
    )
  }
  const {accepted} = parsed.data
  const seen = new Set<string>()
  const twice = accepted.filter(({fingerprint}) => seen.size === seen.add(fingerprint).size)
  if (twice.length > 0)
    throw damaged(
      file,
      twice.map(({fingerprint}) => `${fingerprint} is accepted twice`),
    )
  return {file, accepted}
}

export async function writeBaseline({file, accepted}: OpenBaseline): Promise<void> {
  const sorted = accepted.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const document: BaselineFile = {kind: 'bedrockctl-audit-baseline', version: 1, accepted: sorted}
  try {
    await writeWhole(file, `${JSON.stringify(document, null, 2)}\n`)
  } catch (cause) {
    throw usageError('BASELINE_NOT_WRITTEN', `${file} cannot be written.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name another one with --file.',
      cause,
    })
  }
}

function keyOf({check, region, resource, fingerprint}: BaselineFile['accepted'][number]): string {
  return [check, region, resource, fingerprint].join(' ')
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw damaged(file, [cause instanceof Error ? cause.message : String(cause)])
  }
}

function damaged(file: string, problems: readonly string[]): BedrockctlError {
  return usageError('BASELINE_DAMAGED', `${file} is no audit baseline, or a damaged one.`, {
    why: firstLines(problems, TOLD),
    hint: 'Correct these places, or take the file from version control.',
  })
}
