import * as fc from 'fast-check'
import type {AuditReport} from '../../src/lib/audit/audit-report.schema.js'
import type {Finding} from '../../src/lib/audit/finding.schema.js'
import {VERDICTS} from '../../src/lib/audit/order.js'
import {findingOf, reportOf} from './audit-report.js'

const FRAGMENTS = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><b onmouseover=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  ']]><!--',
  '&amp;&#60;script&#62;',
  '=HYPERLINK("http://evil.example","click")',
  '@SUM(1+1)',
  '+cmd|calc',
  '[click](http://evil.example)',
  '](javascript:alert(1))',
  '| cell | `code` ```',
  '@everyone #1',
  '\u001B[2J\u001B]0;title\u0007',
  '\u0000\u0008\u000B\u000C\u001F\u007F\u0085\u009B31m',
  '\uD800',
  '\uFFFE\uFFFF',
  '\u202Egnp.exe\u2066',
  'line\nbreak\r\nand\ttab',
  'n'.repeat(10_000),
  '',
  '日本語 👩‍👩‍👧 مرحبا',
]

/** Text that tries to be something else than text. */
const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({unit: 'binary', maxLength: 12})), {maxLength: 4})
  .map((parts) => parts.join(''))

/** The same report twice: every text from outside hostile, and every such text harmless. */
export interface HostilePair {
  readonly hostile: AuditReport
  readonly harmless: AuditReport
}

/** Reports with a finding of each verdict, one set of texts for each. */
export const hostilePair: fc.Arbitrary<HostilePair> = fc
  .array(hostileText, {minLength: 24, maxLength: 24})
  .map((texts) => ({hostile: reportWith(texts), harmless: reportWith(texts.map(() => 'harmless'))}))

function reportWith(texts: readonly string[]): AuditReport {
  const findings = VERDICTS.map((verdict, at) => hostileFinding(verdict, [...texts.slice(at), ...texts.slice(0, at)]))
  return reportOf(findings, {
    simulated: true,
    snapshot: texts[0] ?? '',
    project: texts[1] ?? '',
    unread: [{region: 'eu-central-1', action: 'kms:GetKeyPolicy', code: 'ACCESS_DENIED', reason: texts[2] ?? ''}],
    baseline: {file: texts[3] ?? '', muted: 1, expired: [], unused: []},
    gate: {requirement: 'nothing of severity high', passed: false, failures: [texts[4] ?? '']},
  })
}

function hostileFinding(verdict: Finding['verdict'], texts: readonly string[]): Finding {
  const take = (at: number) => texts[at] ?? ''
  return findingOf({
    check: `IAM-${VERDICTS.indexOf(verdict) + 10}`,
    verdict,
    title: take(0),
    message: take(1),
    why: take(2),
    region: 'eu-central-1',
    resource: {type: 'role', id: `arn:${take(3)}`, name: take(4)},
    aspect: take(5),
    evidence: [{kind: 'config', text: take(6), read: take(7), region: 'global', at: take(8)}],
    missing: [{action: 'kms:GetKeyPolicy', code: 'ACCESS_DENIED', reason: take(9)}],
    fix: {
      summary: take(10),
      cli: [take(11), take(12)],
      terraform: take(13),
      policyDiff: {policy: take(14), remove: [JSON.stringify(take(15))], add: [JSON.stringify(take(16))]},
    },
    references: [
      {title: take(17), url: 'https://docs.aws.amazon.com/bedrock/'},
      {title: take(18), url: `javascript:${take(19)}`},
    ],
    ...(verdict === 'MUTED' && {muted: {reason: take(20), owner: take(21), expires: '2027-01-01'}}),
  })
}
