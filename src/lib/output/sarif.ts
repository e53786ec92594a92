import {toJson} from './json.js'

/** SARIF's own words; `none` is for results that are no problem. */
type SarifLevel = 'error' | 'warning' | 'note' | 'none'

interface SarifRule {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly level: SarifLevel
  readonly helpUri?: string | undefined
}

export interface SarifFinding {
  readonly ruleId: string
  readonly level: SarifLevel
  readonly message: string
  /** Path relative to the scanned folder, with forward slashes; absent for what is in no file. */
  readonly file?: string | undefined
  /** Line and column count from 1. */
  readonly line?: number | undefined
  readonly column?: number | undefined
  /** What to do about it. */
  readonly help?: string | undefined
}

export interface SarifTool {
  readonly name: string
  readonly version: string
  readonly rules: readonly SarifRule[]
}

/** A SARIF 2.1.0 log of one run, as code-scanning services read it. */
export function renderSarif(
  findings: readonly SarifFinding[],
  tool: SarifTool,
  {simulated}: {readonly simulated: boolean},
): string {
  const indexOf = new Map(tool.rules.map((rule, index) => [rule.id, index]))
  return toJson(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {driver: {name: tool.name, version: tool.version, rules: tool.rules.map(toRule)}},
          columnKind: 'utf16CodeUnits',
          results: findings.map((finding) => toResult(finding, indexOf)),
          ...(simulated ? {properties: {simulated: true}} : {}),
        },
      ],
    },
    2,
  )
}

function toRule({id, name, summary, level, helpUri}: SarifRule) {
  return {
    id,
    name,
    shortDescription: {text: summary},
    defaultConfiguration: {level},
    ...(helpUri === undefined ? {} : {helpUri}),
  }
}

function toResult(finding: SarifFinding, indexOf: ReadonlyMap<string, number>) {
  const ruleIndex = indexOf.get(finding.ruleId)
  const text = finding.help === undefined ? finding.message : `${finding.message}\n${finding.help}`
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : {ruleIndex}),
    level: finding.level,
    message: {text},
    ...(finding.file === undefined ? {} : {locations: [toLocation(finding.file, finding)]}),
  }
}

function toLocation(file: string, {line, column}: SarifFinding) {
  // An artifact's URI is a reference: spaces and the like are escaped, slashes are not.
  const uri = file.split('/').map(encodeURIComponent).join('/')
  const region = {
    ...(line === undefined ? {} : {startLine: line}),
    ...(line === undefined || column === undefined ? {} : {startColumn: column}),
  }
  return {physicalLocation: {artifactLocation: {uri}, ...(line === undefined ? {} : {region})}}
}
