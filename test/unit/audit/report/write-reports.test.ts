import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import * as fc from 'fast-check'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {REPORT_FORMATS, reportText} from '../../../../src/lib/audit/report/render-format.js'
import {parseReportSpecs} from '../../../../src/lib/audit/report/report-specs.js'
import {writeReports} from '../../../../src/lib/audit/report/write-reports.js'
import type {BedrockctlError} from '../../../../src/lib/core/errors.js'
import {toJson} from '../../../../src/lib/output/json.js'
import {fullReport, reportOf} from '../../../support/audit-report.js'
import {hostilePair} from '../../../support/hostile-report.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'))
})
afterEach(() => rm(folder, {recursive: true}))

async function refusal(action: Promise<unknown>): Promise<BedrockctlError> {
  const error: unknown = await action.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (error instanceof Error && 'fault' in error) return error as BedrockctlError
  throw new Error('It was not refused.')
}

describe('what --report says', () => {
  test('a format and a file are taken as they are, the file with its equals signs', async () => {
    const file = join(folder, 'a=b.html')

    expect(await parseReportSpecs([`HTML=${file}`, `sarif=${folder}/x.sarif`])).toEqual([
      {format: 'html', file},
      {format: 'sarif', file: `${folder}/x.sarif`},
    ])
  })

  test('everything that is wrong is told at once', async () => {
    const error = await refusal(
      parseReportSpecs([
        'audit.html',
        'htlm=a.html',
        'json=',
        '=a',
        'csv=-',
        `xyzzyx=${folder}/a`,
        `html=${folder}`,
        `html=${folder}/none/a.html`,
        `json=${folder}/same`,
        `csv=${folder}/./same`,
      ]),
    )

    expect([error.code, error.exitCode]).toEqual(['INVALID_REPORT', 2])
    expect(error.why?.split('\n')).toEqual([
      'audit.html: names no file',
      'htlm=a.html: there is no format htlm. Did you mean html?',
      'json=: names no file',
      '=a: names no format',
      'csv=-: - is no file; to print the report, say -o csv',
      `xyzzyx=${folder}/a: there is no format xyzzyx`,
      `${folder}: is a folder`,
      `${folder}/none/a.html: there is no folder ${folder}/none`,
      `${folder}/./same: is named twice`,
    ])
    expect(error.hint).toContain('json, ndjson, csv, markdown, html, sarif, junit, ocsf, asff')
  })
})

describe('what is written', () => {
  test('every format goes to its file, whole, and nothing else is left in the folder', async () => {
    const report = fullReport()

    await writeReports(
      report,
      REPORT_FORMATS.map((format) => ({format, file: join(folder, format)})),
    )

    expect((await readdir(folder)).sort()).toEqual([...REPORT_FORMATS].sort())
    for (const format of REPORT_FORMATS) {
      const text = await readFile(join(folder, format), 'utf8')
      expect(text).toBe(await reportText(format, report))
      expect(text.endsWith('\n')).toBe(true)
    }
    expect(JSON.parse(await readFile(join(folder, 'json'), 'utf8'))).toEqual(report)
  })

  test('JSON in pieces is the text that a terminal gets', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePair, async ({hostile}) => {
        expect(await reportText('json', hostile)).toBe(`${toJson(hostile, 2)}\n`)
      }),
      {numRuns: 20},
    )
    expect(await reportText('json', reportOf([]))).toBe(`${toJson(reportOf([]), 2)}\n`)
  })

  test('a file that cannot be written is named, the others are written, and no draft is left', async () => {
    await mkdir(join(folder, 'taken'))

    const error = await refusal(
      writeReports(fullReport(), [
        {format: 'json', file: join(folder, 'taken')},
        {format: 'csv', file: join(folder, 'none', 'a.csv')},
        {format: 'ndjson', file: join(folder, 'good')},
      ]),
    )

    expect([error.code, error.exitCode]).toEqual(['REPORT_NOT_WRITTEN', 2])
    expect(error.message).toBe(`${folder}/taken, ${folder}/none/a.csv cannot be written.`)
    expect((await readdir(folder)).sort()).toEqual(['good', 'taken'])
  })

  test('a report that breaks off leaves the old file as it was', async () => {
    const file = join(folder, 'audit.html')
    await writeFile(file, 'old')
    const broken = {...fullReport(), checks: undefined as never}

    await refusal(writeReports(broken, [{format: 'html', file}]))

    expect(await readFile(file, 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['audit.html'])
  })
})
