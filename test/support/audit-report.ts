import {createHash} from 'node:crypto'
import type {AuditReport, CheckSummary} from '../../src/lib/audit/audit-report.schema.js'
import type {Finding, Severity, Verdict} from '../../src/lib/audit/finding.schema.js'
import {compareFindings, SEVERITIES, VERDICTS, worstVerdict} from '../../src/lib/audit/order.js'

const DOCS = 'https://docs.aws.amazon.com/bedrock/latest/userguide/security.html'

/** A finding like those of the engine; what a test is about goes into `part`. */
export function findingOf(part: Partial<Finding> = {}): Finding {
  const check = part.check ?? 'IAM-10'
  const resource = part.resource ?? {type: 'iam-user', id: 'arn:aws:iam::111122223333:user/bot', name: 'bot'}
  const region = part.region ?? 'global'
  return {
    fingerprint: fingerprintOf([check, region, resource.id, part.aspect ?? '']),
    check,
    family: 'IAM',
    severity: 'high',
    verdict: 'FAIL',
    title: 'A Bedrock API key expires',
    region,
    resource,
    message: 'The API key never expires.',
    why: 'A key that leaks stays good until somebody notices.',
    evidence: [{kind: 'config', text: 'ExpirationDate: none', read: 'iam:service-credentials', region: 'global'}],
    missing: [],
    references: [{title: 'Bedrock API keys', url: DOCS}],
    ...part,
  }
}

/** A report around these findings, its counts as the engine makes them. */
export function reportOf(findings: readonly Finding[], part: Partial<AuditReport> = {}): AuditReport {
  const sorted = findings.toSorted(compareFindings)
  return {
    schemaVersion: 1,
    simulated: false,
    unread: [],
    kind: 'bedrockctl-audit',
    tool: {name: 'bedrockctl', version: '0.1.0'},
    account: '111122223333',
    partition: 'aws',
    regions: ['eu-central-1', 'us-east-1'],
    takenAt: '2026-11-21T09:14:05.123Z',
    snapshot: null,
    project: null,
    catalogueAsOf: '2026-11-20',
    summary: count(VERDICTS, sorted, ({verdict}) => verdict),
    failures: count(
      SEVERITIES,
      sorted.filter(({verdict}) => verdict === 'FAIL'),
      ({severity}) => severity,
    ),
    checks: summarise(sorted),
    findings: sorted,
    ...part,
  }
}

/** A report with findings of every verdict, severity and family that a reader meets. */
export function fullReport(part: Partial<AuditReport> = {}): AuditReport {
  return reportOf([...failures(), ...unknowns(), ...others()], {
    snapshot: 'snapshot.json',
    project: 'bedrockctl.yaml',
    baseline: {file: 'baseline.yaml', muted: 1, expired: ['0123456789abcdef'], unused: ['fedcba9876543210']},
    gate: {
      requirement: 'no finding of severity high or worse',
      passed: false,
      failures: ['IAM-10 FAIL bot (global)', 'EP-05 FAIL vpce-0a1b2c3d (eu-central-1)'],
    },
    ...part,
  })
}

function failures(): readonly Finding[] {
  const statement = '{"Effect":"Allow","Action":"bedrock:InvokeModel","Resource":"*"}'
  const bound = statement.replace('"*"', '"arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0"')
  return [
    findingOf({
      severity: 'critical',
      fix: {
        summary: 'Delete the key and let the workload assume a role.',
        cli: [
          'aws iam delete-service-specific-credential --user-name bot --service-specific-credential-id <id>',
          'bedrockctl iam generate --workload app --model amazon.nova-lite-v1:0 --from eu-central-1',
        ],
      },
    }),
    ...['app-prod', 'app-test'].map((name) =>
      findingOf({
        check: 'IAM-05',
        title: 'No role may call every model',
        message: `Role ${name} may invoke every foundation model.`,
        why: 'A stolen session can run up the cost of any model, in any Region.',
        resource: {type: 'role', id: `arn:aws:iam::111122223333:role/${name}`, name},
        aspect: 'bedrock:InvokeModel',
        evidence: [
          {kind: 'simulated', text: 'Statement 1 of policy invoke allows bedrock:InvokeModel on *.', region: 'global'},
          {kind: 'observed', text: '2 models called in 90 days.', at: '2026-11-19T22:10:00Z'},
        ],
        fix: {
          summary: 'Name the models that the role calls.',
          cli: [
            `aws iam put-role-policy --role-name ${name} --policy-name invoke --policy-document file://invoke.json`,
          ],
          terraform: `resource "aws_iam_role_policy" "invoke" {\n  role   = "${name}"\n  policy = file("invoke.json")\n}`,
          policyDiff: {policy: 'invoke', remove: [statement], add: [bound]},
        },
      }),
    ),
    findingOf({
      check: 'EP-05',
      family: 'EP',
      title: 'The endpoint policy allows every leg of the declared calls',
      message: "The endpoint policy blocks one leg of app-prod's call.",
      region: 'eu-central-1',
      resource: {type: 'vpc-endpoint', id: 'vpce-0a1b2c3d'},
      evidence: [{kind: 'declared', text: 'Workload app-prod calls eu.amazon.nova-lite-v1:0.'}],
    }),
    ...Array.from({length: 14}, (_, at) =>
      findingOf({
        check: 'LOG-01',
        family: 'LOG',
        severity: 'medium',
        title: 'Model invocation logging is on',
        message: 'Nothing logs what is sent to models.',
        region: `us-test-${at + 1}`,
        resource: {type: 'region', id: `us-test-${at + 1}`},
        fix: {summary: 'Turn invocation logging on.', cli: ['aws bedrock put-model-invocation-logging-configuration']},
      }),
    ),
    findingOf({check: 'GR-04', family: 'GR', severity: 'low', title: 'Guardrails have a published version'}),
    findingOf({check: 'GOV-02', family: 'GOV', severity: 'info', title: 'Models carry an owner tag'}),
  ]
}

function unknowns(): readonly Finding[] {
  const denied = {action: 'kms:GetKeyPolicy', code: 'ACCESS_DENIED', reason: 'not authorized to perform this action'}
  return [
    ...[1, 2, 3, 4].map((at) =>
      findingOf({
        check: 'ENC-11',
        family: 'ENC',
        verdict: 'UNKNOWN',
        title: 'The key policy lets Bedrock use the key and nobody else',
        message: 'The key policy was not read.',
        region: 'eu-central-1',
        resource: {type: 'kms-key', id: `arn:aws:kms:eu-central-1:111122223333:key/${at}`},
        missing: [denied],
      }),
    ),
    findingOf({
      check: 'IAM-22',
      verdict: 'UNKNOWN',
      title: 'No service control policy blocks a Global profile',
      message: 'The policies of the organisation were not read.',
      missing: [{action: 'organizations:ListPolicies', code: 'NOT_COLLECTED', reason: 'the snapshot does not hold it'}],
    }),
    findingOf({
      check: 'TH-01',
      family: 'TH',
      verdict: 'UNKNOWN',
      title: 'No burst of refusals',
      message: 'Too few calls.',
    }),
  ]
}

function others(): readonly Finding[] {
  return [
    findingOf({
      check: 'RES-01',
      family: 'RES',
      verdict: 'PASS',
      severity: 'medium',
      title: 'Calls have a second Region to go to',
      message: 'A geographic profile is used.',
      evidence: [],
    }),
    findingOf({check: 'LC-02', family: 'LC', verdict: 'PASS', title: 'No model in use is near its end of life'}),
    findingOf({
      check: 'COST-01',
      family: 'COST',
      verdict: 'INFO',
      title: 'What runs unused',
      message: 'One unit idles.',
    }),
    findingOf({
      check: 'AG-03',
      family: 'AG',
      verdict: 'NOT_APPLICABLE',
      title: 'Agents confirm what they change',
      message: 'There is no agent to judge.',
      resource: {type: 'account', id: '111122223333'},
    }),
    findingOf({
      check: 'LOG-09',
      family: 'LOG',
      verdict: 'MUTED',
      title: 'Logs are kept for a year',
      message: 'Logs are kept for 90 days.',
      region: 'us-east-1',
      resource: {type: 'log-group', id: 'arn:aws:logs:us-east-1:111122223333:log-group:bedrock', name: 'bedrock'},
      muted: {reason: 'The archive account keeps them.', owner: 'security@example.com', expires: '2027-03-01'},
    }),
  ]
}

function summarise(findings: readonly Finding[]): readonly CheckSummary[] {
  const checks = [...new Set(findings.map(({check}) => check))]
  return checks.map((id) => {
    const own = findings.filter(({check}) => check === id)
    const {family, severity, title} = own[0] ?? findingOf()
    const verdict = worstVerdict(own.map((one) => one.verdict))
    return {id, family, severity, title, verdict, findings: count(VERDICTS, own, (one) => one.verdict)}
  })
}

function count<Key extends Verdict | Severity>(
  keys: readonly Key[],
  findings: readonly Finding[],
  keyOf: (finding: Finding) => Key,
): Readonly<Record<Key, number>> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>
  for (const finding of findings) counts[keyOf(finding)] += 1
  return counts
}

function fingerprintOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
