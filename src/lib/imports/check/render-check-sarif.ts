import {createHash} from 'node:crypto'
import {sanitise} from '../../core/text.js'
import {renderSarif, type SarifFinding} from '../../output/sarif.js'
import type {ImportCheckResult, ImportFinding} from './import-check.schema.js'

const LEVEL = {blocker: 'error', warning: 'warning', info: 'note'} as const

/** The report as SARIF 2.1.0: a rule is a check, a place a file of the model; what could not be told is `open`. */
export function renderCheckSarif(result: ImportCheckResult, version: string): string {
  const why = new Map(result.findings.map((finding) => [finding.check, finding.why]))
  return renderSarif(
    result.findings.map(toResult),
    {
      name: 'bedrockctl',
      version,
      rules: result.checks.map(({id, severity, title}) => ({
        id,
        name: id.replace('-', ''),
        summary: title,
        level: LEVEL[severity],
        ...(why.has(id) && {help: {text: why.get(id) ?? '', markdown: why.get(id) ?? ''}}),
      })),
    },
    {
      simulated: result.simulated,
      id: `bedrockctl-imports-check/${sanitise(result.model.address)}`,
      problems: result.unread.map(({action, reason}) => sanitise(`${action}: ${reason}`)),
      properties: {address: result.model.address, ...(result.region !== null && {region: result.region})},
    },
  )
}

function toResult({check, file, fix, said, severity, tensor, verdict}: ImportFinding): SarifFinding {
  const isFailure = verdict === 'fail'
  return {
    ruleId: check,
    kind: isFailure ? 'fail' : 'open',
    level: isFailure ? LEVEL[severity] : 'none',
    message: sanitise(said),
    help: fix === null || fix === '' ? undefined : sanitise(fix),
    file: file === null ? undefined : sanitise(file),
    resource: tensor === null ? undefined : {name: sanitise(tensor), fullName: sanitise(tensor), kind: 'member'},
    fingerprint: createHash('sha256').update([check, file, tensor].join('\n')).digest('hex').slice(0, 16),
    properties: {severity, verdict},
  }
}
