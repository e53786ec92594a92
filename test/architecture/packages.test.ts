import {expect, test} from 'vitest'
import {type Edge, sourceGraph} from '../support/source-graph.js'

interface Rule {
  readonly says: string
  readonly packages: RegExp
  readonly allows: (edge: Edge) => boolean
  /** A rule about a package that nobody imports is green for nothing. */
  readonly used: boolean
}

const RULES: readonly Rule[] = [
  {
    says: 'only the AWS door and the sandbox load AWS packages',
    packages: /^@(aws-sdk|smithy|aws-crypto)\//,
    allows: ({from, kind}) => kind === 'type' || /^src\/lib\/(aws|sandbox)\//.test(from),
    used: true,
  },
  {
    says: 'only the AWS door and the sandbox name AWS types',
    packages: /^@(aws-sdk|smithy)\//,
    allows: ({from}) => /^src\/lib\/(aws|sandbox)\//.test(from),
    used: true,
  },
  {
    says: 'tables are drawn in output alone',
    packages: /^cli-table3$/,
    allows: ({from}) => from.startsWith('src/lib/output/'),
    used: true,
  },
  {
    says: 'zod is loaded by schema files; others wait for it with import()',
    packages: /^zod(\/|$)/,
    allows: ({from, kind}) => kind !== 'static' || from.endsWith('.schema.ts'),
    used: true,
  },
  {
    says: 'processes are started by execa, which is loaded when one is',
    packages: /^(execa|(node:)?child_process)$/,
    allows: ({kind}) => kind !== 'static',
    used: false,
  },
  {
    says: 'oclif is known to commands, cli and the entries',
    packages: /^@oclif\/core/,
    allows: ({from}) => /^src\/(commands\/|lib\/cli\/|lib\/output\/help|main\.ts|help\.ts)/.test(from),
    used: true,
  },
  {
    says: 'oclif is loaded by its sub-paths: its root loads everything',
    packages: /^@oclif\/core$/,
    allows: ({kind}) => kind === 'type',
    used: true,
  },
  {
    says: 'screens are drawn in monitor/tui alone',
    packages: /^(ink|react)(\/|$)/,
    allows: ({from}) => from.startsWith('src/lib/monitor/tui/'),
    used: true,
  },
  {
    says: 'archives are unpacked by imports alone',
    packages: /^tar-stream$/,
    allows: ({from}) => from.startsWith('src/lib/imports/create/'),
    used: true,
  },
  {
    says: 'tables are read and written by batch alone',
    packages: /^(csv-parse|hyparquet(-compressors|-writer)?)$/,
    allows: ({from}) => /^src\/lib\/batch\/(prepare|collect)\//.test(from),
    used: true,
  },
]

test.each(RULES)('$says', async ({packages, allows, used}) => {
  const {edges} = await sourceGraph()

  const judged = edges.filter(({to, external}) => external && packages.test(to))

  expect(judged.filter((edge) => !allows(edge)).map(({from, to, kind}) => `${from} -> ${to} (${kind})`)).toEqual([])
  if (used) expect(judged.length).toBeGreaterThan(0)
})

test('schema files are loaded by schema files alone, others wait for them with import()', async () => {
  const {edges} = await sourceGraph()

  const loads = edges.filter(({to, kind}) => to.endsWith('.schema.ts') && kind === 'static')

  expect(loads.filter(({from}) => !from.endsWith('.schema.ts')).map(({from, to}) => `${from} -> ${to}`)).toEqual([])
  expect(loads.length).toBeGreaterThan(0)
})
