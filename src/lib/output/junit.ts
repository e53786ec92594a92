import {sanitise} from '../core/text.js'

export type JunitOutcome =
  | {readonly kind: 'passed'}
  | {readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string; readonly details: string}
  | {readonly kind: 'skipped'; readonly details: string}

export interface JunitCase {
  readonly className: string
  readonly name: string
  readonly outcome: JunitOutcome
}

export interface JunitSuite {
  readonly name: string
  readonly package: string
  readonly hostname: string
  /** ISO 8601. */
  readonly timestamp: string
  readonly properties: Readonly<Record<string, string>>
  readonly cases: readonly JunitCase[]
  /** Said in `system-out`. */
  readonly said: string
}

/** JUnit XML, suite by suite; text from outside cannot leave its place. */
export function* junitParts(suites: Iterable<JunitSuite>): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
  let id = 0
  for (const suite of suites) yield* suiteParts(id++, suite)
  yield '</testsuites>\n'
}

function* suiteParts(id: number, suite: JunitSuite): Generator<string> {
  const {cases, hostname, name, package: of, properties, said, timestamp} = suite
  const count = (kind: JunitOutcome['kind']) => cases.filter(({outcome}) => outcome.kind === kind).length
  const skipped = count('skipped')
  const attributes = {
    name,
    package: of,
    id,
    hostname,
    timestamp: timestamp.slice(0, 19),
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    // Ant's schema knows no such attribute: it is there only when it says something.
    ...(skipped > 0 ? {skipped} : {}),
    time: 0,
  }
  yield `  <testsuite${attributesOf(attributes)}>\n`
  const lines = Object.entries(properties).map(
    ([property, value]) => `      <property${attributesOf({name: property, value})}/>\n`,
  )
  yield `    <properties>\n${lines.join('')}    </properties>\n`
  for (const one of cases) yield caseOf(one)
  yield `    <system-out>${escapeXml(said)}</system-out>\n    <system-err/>\n  </testsuite>\n`
}

function caseOf({className, name, outcome}: JunitCase): string {
  const attributes = attributesOf({classname: className, name, time: 0})
  switch (outcome.kind) {
    case 'passed':
      return `    <testcase${attributes}/>\n`
    case 'skipped':
      return `    <testcase${attributes}>\n      <skipped>${escapeXml(outcome.details)}</skipped>\n    </testcase>\n`
    case 'failure':
    case 'error': {
      const {details, kind, message, type} = outcome
      const body = `<${kind}${attributesOf({type, message})}>${escapeXml(details)}</${kind}>`
      return `    <testcase${attributes}>\n      ${body}\n    </testcase>\n`
    }
  }
}

function attributesOf(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replace(/[\t\n\r]/g, ' ')}"`)
    .join('')
}

/** Text of an element. XML 1.0 has no place for most control characters and none for half a surrogate pair. */
function escapeXml(text: string): string {
  return sanitise(text)
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
