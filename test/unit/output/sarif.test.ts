import {expect, test} from 'vitest'
import {renderSarif} from '../../../src/lib/output/sarif.js'

const TOOL = {
  name: 'bedrockctl',
  version: '0.1.0',
  rules: [{id: 'dead-model', name: 'DeadModel', summary: 'The model is gone', level: 'error'}],
} as const

function logOf(text: string) {
  return JSON.parse(text).runs[0]
}

test('a finding points at its place and its rule', () => {
  const run = logOf(
    renderSarif(
      [
        {
          ruleId: 'dead-model',
          level: 'error',
          message: 'gone',
          file: 'src/my app.py',
          line: 3,
          column: 7,
          help: 'use b',
        },
      ],
      TOOL,
      {simulated: false},
    ),
  )

  expect(run.results).toEqual([
    {
      ruleId: 'dead-model',
      ruleIndex: 0,
      level: 'error',
      message: {text: 'gone\nuse b'},
      locations: [
        {
          physicalLocation: {
            artifactLocation: {uri: 'src/my%20app.py'},
            region: {startLine: 3, startColumn: 7},
          },
        },
      ],
    },
  ])
})

test('a finding without a file has no location, and one of an unknown rule no index', () => {
  const run = logOf(renderSarif([{ruleId: 'other', level: 'note', message: 'm'}], TOOL, {simulated: false}))

  expect(run.results).toEqual([{ruleId: 'other', level: 'note', message: {text: 'm'}}])
})

test('a simulated run says so in its properties', () => {
  expect(logOf(renderSarif([], TOOL, {simulated: true})).properties).toEqual({simulated: true})
})

test('the log names its version and schema, the tool its rules', () => {
  const log = JSON.parse(renderSarif([], TOOL, {simulated: false}))

  expect([log.version, log.$schema]).toEqual(['2.1.0', 'https://json.schemastore.org/sarif-2.1.0.json'])
  expect(log.runs[0].tool.driver.rules).toEqual([
    {
      id: 'dead-model',
      name: 'DeadModel',
      shortDescription: {text: 'The model is gone'},
      defaultConfiguration: {level: 'error'},
    },
  ])
})

test('what is in no file has a logical location, a kind and a fingerprint', () => {
  const [result] = logOf(
    renderSarif(
      [
        {
          ruleId: 'dead-model',
          kind: 'open',
          level: 'none',
          message: 'm',
          resource: {name: 'bot', fullName: 'global/bot', kind: 'resource'},
          fingerprint: 'f00',
          accepted: 'known',
          properties: {region: 'global'},
        },
      ],
      TOOL,
      {simulated: false},
    ),
  ).results

  expect(result).toEqual({
    ruleId: 'dead-model',
    ruleIndex: 0,
    kind: 'open',
    level: 'none',
    message: {text: 'm'},
    locations: [{logicalLocations: [{name: 'bot', fullyQualifiedName: 'global/bot', kind: 'resource'}]}],
    partialFingerprints: {'bedrockctl/v1': 'f00'},
    suppressions: [{kind: 'external', status: 'accepted', justification: 'known'}],
    properties: {region: 'global'},
  })
})

test('a name from outside makes no link of a message', () => {
  const {results} = logOf(
    renderSarif([{ruleId: 'x', level: 'note', message: '[a](http://evil.example)'}], TOOL, {simulated: false}),
  )

  expect(results[0].message.text).toBe('[a] (http://evil.example)')
})

test('a run says when it was, what it is of, and what it could not read', () => {
  const run = logOf(
    renderSarif([], TOOL, {
      simulated: true,
      id: 'audit/1',
      at: '2026-11-21T09:14:05Z',
      problems: ['denied'],
      properties: {account: '1'},
    }),
  )

  expect(run).toMatchObject({
    automationDetails: {id: 'audit/1'},
    invocations: [
      {
        executionSuccessful: true,
        startTimeUtc: '2026-11-21T09:14:05Z',
        toolExecutionNotifications: [{level: 'warning', message: {text: 'denied'}}],
      },
    ],
    properties: {account: '1', simulated: true},
  })
})
