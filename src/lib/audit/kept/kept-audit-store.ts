import {createHash} from 'node:crypto'
import {mkdir, readFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {usageError} from '../../core/errors.js'
import {writeWhole} from '../../core/write-whole.js'
import type {KeptAudit} from './kept-audit.schema.js'

/** Whose audit: an account, or a simulated one, of the scenario where it is known. */
export interface AuditedAccount {
  readonly account: string
  readonly simulated: boolean
  readonly scenario: string | undefined
}

/** Keeps the last audit of an account in place of the one before, for its owner alone; gives the file. */
export async function keepAudit(stateFolder: string, of: AuditedAccount, audit: KeptAudit): Promise<string> {
  const file = auditFile(stateFolder, of)
  await mkdir(dirname(file), {recursive: true, mode: 0o700})
  await writeWhole(file, `${JSON.stringify(audit)}\n`, {mode: 0o600})
  return file
}

/** The last audit of an account; undefined where none is kept. */
export async function readKeptAudit(stateFolder: string, of: AuditedAccount): Promise<KeptAudit | undefined> {
  const file = auditFile(stateFolder, of)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return undefined
    throw damaged(file, cause)
  })
  if (text === undefined) return undefined
  const {keptAuditSchema} = await import('./kept-audit.schema.js')
  try {
    return keptAuditSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw damaged(file, cause)
  }
}

/** Where the last audit of an account is kept. Simulated ones lie apart; a scenario may be a path. */
export function auditFile(stateFolder: string, {account, scenario, simulated}: AuditedAccount): string {
  const name = account.replaceAll(/[^0-9A-Za-z-]/g, '_')
  if (!simulated) return join(stateFolder, 'audits', `${name}.json`)
  const which = scenario === undefined ? '' : `-${digest(scenario)}`
  return join(stateFolder, 'audits', `simulated-${name}${which}.json`)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

function damaged(file: string, cause: unknown) {
  return usageError('AUDIT_UNREADABLE', `The audit that is kept in ${file} cannot be read.`, {
    why: cause instanceof Error ? cause.message.split('\n')[0] : undefined,
    hint: 'The next audit replaces it.',
    actions: ['bedrockctl audit run'],
    cause,
  })
}
