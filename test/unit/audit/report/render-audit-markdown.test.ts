import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {auditView} from '../../../../src/lib/audit/report/render-audit.js'
import {renderAuditMarkdown} from '../../../../src/lib/audit/report/render-audit-markdown.js'
import {renderAnswer} from '../../../../src/lib/output/render-answer.js'
import {findingOf, fullReport, reportOf} from '../../../support/audit-report.js'
import {hostilePair} from '../../../support/hostile-report.js'
import {PIPE} from '../../../support/terminals.js'

describe('a comment on a pull request', () => {
  test('the table names what fails, worst first', () => {
    expect(renderAuditMarkdown(fullReport())).toContain(`| Severity | Check | What is demanded | Failing |
| --- | --- | --- | ---: |
| CRITICAL | IAM-10 | A Bedrock API key expires | 1 |
| HIGH | EP-05 | The endpoint policy allows every leg of the declared calls | 1 |
| HIGH | IAM-05 | No role may call every model | 2 |
| MEDIUM | LOG-01 | Model invocation logging is on | 14 |`)
  })

  test('details hold commands and the change of policy', () => {
    const text = renderAuditMarkdown(fullReport())

    expect(text).toContain('```sh\naws iam put-role-policy --role-name app-prod')
    expect(text).toContain('```diff\n- {"Effect":"Allow","Action":"bedrock:InvokeModel","Resource":"*"}\n+ {')
  })

  test('what is unknown is told by what it needs', () => {
    expect(renderAuditMarkdown(fullReport())).toContain('- needs **kms:GetKeyPolicy** (denied): ENC-11 ×4')
  })

  test('it fits a comment however much fails', () => {
    const findings = Array.from({length: 400}, (_, at) =>
      findingOf({check: `IAM-${at}`, message: 'm'.repeat(2000), why: 'w'.repeat(2000)}),
    )

    const text = renderAuditMarkdown(reportOf(findings))

    expect(text.length).toBeLessThan(65_536)
    expect(text).toMatch(/Details of \d+ more checks: -o json or -o html\./)
  })

  test('a simulated report says so', () => {
    expect(renderAuditMarkdown(fullReport({simulated: true}))).toContain(
      '> simulated: answered by the embedded sandbox',
    )
  })

  test('no text from outside becomes markup, a link, a mention or a table cell', async () => {
    await fc.assert(
      fc.property(hostilePair, ({hostile}) => {
        const text = renderAuditMarkdown(hostile)
        const prose = text
          .replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '')
          .replace(/^> simulated: .*$/m, '')
          .replace(/<\/?details>|<\/?summary>|\(<https:[^>]*>\)/g, '')

        expect(prose).not.toMatch(/[<>@]/)
        expect(prose).not.toMatch(/(?<!\\)\]\(/)
        for (const row of text.match(/^\| HIGH .*$/gm) ?? []) expect(row.match(/(?<!\\)\|/g)).toHaveLength(5)
        expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
      }),
      {numRuns: 60},
    )
  })

  test('under a query it is the table of what the query finds', async () => {
    const options = {format: 'markdown', query: 'checks[0].{id: id}', terminal: PIPE}

    expect(await renderAnswer(fullReport(), auditView({all: false}), options)).toBe('| id |\n| --- |\n| IAM-10 |\n')
  })
})
