import {createHash} from 'node:crypto'
import {sanitise} from '../../core/text.js'
import {renderSarif} from '../../output/sarif.js'
import {DATASET_RULES, type DatasetRule} from '../datasets/check-codes.js'
import type {CustomizationCheck} from './customization-check.schema.js'

/** The findings as SARIF 2.1.0: a rule a check, a result each first line of a finding. */
export function renderCheckSarif(result: CustomizationCheck, version: string): string {
  const rules = Object.entries<DatasetRule>(DATASET_RULES).map(([id, {fix, level, title}]) => ({
    id,
    name: id,
    summary: title,
    level,
    help: {text: `${title}.\n\n${fix}`, markdown: `**${title}.**\n\n${fix}`},
  }))
  return renderSarif(
    result.findings.flatMap((finding) => {
      const file = result.files.find(({role}) => role === finding.file)?.name
      const path = finding.path === null ? '' : ` (${finding.path})`
      const many = finding.count > 1 ? ` ${finding.count} in all.` : ''
      const told = {
        ruleId: finding.code,
        level: finding.severity,
        message: sanitise(`${finding.text}${path}${many}`),
        help: finding.fix,
        file,
      }
      const at = (line: number) => ({...told, fingerprint: fingerprintOf(told.ruleId, file, finding.path, line)})
      return finding.lines.length === 0 ? [at(0)] : finding.lines.map(({line}) => ({...at(line), line}))
    }),
    {name: 'bedrockctl', version, rules},
    {simulated: result.simulated, properties: {base: result.base.id, type: result.base.type}},
  )
}

function fingerprintOf(...parts: readonly (string | number | null | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
