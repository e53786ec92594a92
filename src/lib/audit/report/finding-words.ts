import type {Finding} from '../finding.schema.js'
import {EVIDENCE_WORDS, gapWord} from './audit-words.js'

/** All that is to be said of a finding below its message, a line each: why, how it is known, what to do. */
export function detailLines(finding: Finding): readonly string[] {
  const {why, evidence, missing, muted, fix, references} = finding
  return [
    `Why: ${why}`,
    ...evidence.map(
      ({kind, text, read}) => `Evidence (${EVIDENCE_WORDS[kind]}): ${text}${read === undefined ? '' : ` [${read}]`}`,
    ),
    ...missing.map(({action, code, reason}) => `Needs ${action} (${gapWord(code)}): ${reason}`),
    ...(muted ? [`Accepted by ${muted.owner} until ${muted.expires}: ${muted.reason}`] : []),
    ...(fix ? [`Fix: ${fix.summary}`, ...fix.cli.map((line) => `  ${line}`)] : []),
    ...references.map(({title, url}) => `See: ${title} ${url}`),
  ]
}
