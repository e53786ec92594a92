import {sanitise} from '../../core/text.js'
import {renderSarif} from '../../output/sarif.js'
import {DATASET_RULES, type DatasetRule} from '../datasets/check-codes.js'
import type {CustomizationCheck} from './customization-check.schema.js'

/** The findings as SARIF 2.1.0: a rule a check, a result each first line of a finding. */
export function renderCheckSarif(result: CustomizationCheck): string {
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
      return finding.lines.length === 0 ? [told] : finding.lines.map(({line}) => ({...told, line}))
    }),
    {name: 'bedrockctl customizations check', version: String(result.schemaVersion), rules},
    {simulated: result.simulated, properties: {base: result.base.id, type: result.base.type}},
  )
}
