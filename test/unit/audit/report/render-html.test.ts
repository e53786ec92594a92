import {createHash} from 'node:crypto'
import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {reportText} from '../../../../src/lib/audit/report/render-format.js'
import {renderHtml} from '../../../../src/lib/audit/report/render-html.js'
import {SCRIPT} from '../../../../src/lib/audit/report/report-script.js'
import {STYLE} from '../../../../src/lib/audit/report/report-style.js'
import {findingOf, fullReport, reportOf} from '../../../support/audit-report.js'
import {hostilePair} from '../../../support/hostile-report.js'

/** The tags in order, their quoted values emptied: what a browser would build, whatever the texts are. */
function skeleton(html: string): readonly string[] {
  const own = html.replace(SCRIPT, '').replace(STYLE, '')
  return (own.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'))
}

describe('what a browser would run', () => {
  test('no text from outside becomes markup', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePair, async ({hostile, harmless}) => {
        const [page, plain] = await Promise.all([reportText('html', hostile), reportText('html', harmless)])

        expect(skeleton(page)).toEqual(skeleton(plain))
        expect(page).not.toMatch(/href="(?!https:|#)/)
      }),
      {numRuns: 40},
    )
  })

  test('the policy names the script and the style by their hashes and allows nothing else', async () => {
    const page = await reportText('html', fullReport())

    const hashOf = (pattern: RegExp) =>
      createHash('sha256')
        .update(pattern.exec(page)?.[1] ?? '')
        .digest('base64')
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]
    const [script, style] = [hashOf(/<script>([\s\S]*?)<\/script>/), hashOf(/<style>([\s\S]*?)<\/style>/)]
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${script}'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`,
    )
    expect(page.match(/<script|<style/g)).toHaveLength(2)
  })

  test('nothing is loaded from elsewhere', async () => {
    const page = await reportText('html', fullReport())

    expect(page).not.toMatch(/<(link|img|iframe|object|embed|base)\b|\bsrc=|@import|url\(/)
    expect(page).not.toMatch(/ style="| on\w+="/)
  })

  test('the script parses', () => {
    expect(() => new Function(SCRIPT)).not.toThrow()
  })
})

describe('what a reader finds', () => {
  test('every finding is there, without a script too', async () => {
    const report = fullReport()

    const page = await reportText('html', report)

    for (const {fingerprint} of report.findings) expect(page).toContain(`id="f-${fingerprint}"`)
    expect(page.match(/<details class="finding"/g)).toHaveLength(report.findings.length)
    expect(page).toContain('id="filters" hidden')
  })

  test('a simulated report says so in its first words and in its title', async () => {
    const page = await reportText('html', fullReport({simulated: true}))

    expect(page).toContain('<title>Bedrock audit of 111122223333 (simulated, 2026-11-21)</title>')
    expect(page.split('<h1>')[0]).toContain('Simulated: answered by the embedded sandbox')
    expect(await reportText('html', fullReport())).not.toMatch(/simulated: answered/i)
  })

  test('a change of policy shows what goes and what comes, by sign as well as by colour', async () => {
    const page = await reportText('html', fullReport())

    expect(page).toContain('<del>-   &quot;Resource&quot;: &quot;*&quot;</del>')
    expect(page).toContain('<ins>+   &quot;Effect&quot;: &quot;Allow&quot;,</ins>')
  })

  test('the page has landmarks, one first heading and captions', async () => {
    const page = await reportText('html', fullReport())

    for (const part of [
      '<html lang="en">',
      '<header class="page">',
      '<main ',
      '<footer ',
      'role="search"',
      'href="#findings"',
    ]) {
      expect(page).toContain(part)
    }
    expect(page.match(/<h1/g)).toHaveLength(1)
    expect(page.match(/<table/g)?.length).toBe(page.match(/<caption/g)?.length)
  })

  test('ids are there once', async () => {
    const page = await reportText('html', fullReport())

    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('every link inside the page leads somewhere', async () => {
    const page = await reportText('html', fullReport())

    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(targets.length).toBeGreaterThan(5)
    for (const id of targets) expect(page).toContain(`id="${id}"`)
  })

  test('an account in order says so with zeros', async () => {
    const page = await reportText('html', reportOf([findingOf({verdict: 'PASS'})]))

    expect(page).toContain('<span class="tile"><b>0</b> critical</span>')
    expect(page).not.toContain('Fix first')
  })

  test('a large report comes in small pieces', () => {
    const findings = Array.from({length: 3000}, (_, at) => findingOf({resource: {type: 'role', id: `role-${at}`}}))

    const longest = Math.max(...[...renderHtml(reportOf(findings))].map(({length}) => length))

    expect(longest).toBeLessThan(32_000)
  })
})
