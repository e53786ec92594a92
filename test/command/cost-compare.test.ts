import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {ROOT} from '../support/command-classes.js'
import {runCli} from '../support/run-cli.js'

const CHAT = join(ROOT, 'examples', 'workloads', 'chat.yaml')
const ROUTER = 'intent-router'
const LOAD = ['--requests', '200k/month', '--input-tokens', '3000', '--output-tokens', '500', '--offline']
const SONNET = ['--model', 'anthropic.claude-sonnet-4-6', '--region', 'eu-central-1']

const compare = (argv: readonly string[], columns?: number) =>
  runCli(['cost', 'compare', ...argv], columns === undefined ? {} : {tty: {columns}})

const rowsOf = (stdout: string) => stdout.split('\n\n')[1]?.split('\n') ?? []

describe('a terminal', () => {
  test('of 80 columns names model, place, tier and cost, and no line is wider', async () => {
    const {exitCode, stdout} = await compare([...SONNET, ...LOAD, '--cached-share', '80%', '--no-color'], 80)

    expect(exitCode).toBe(0)
    expect(rowsOf(stdout)).toEqual([
      'MODEL              ROUTE   TIER          MONTH  VS BASE  PROMPTS STAY',
      'Claude Sonnet 4.6  geo     batch     $1,815.00    −18 %  in European Union',
      'Claude Sonnet 4.6  global  standard  $2,004.00   −9.1 %  anywhere',
      'Claude Sonnet 4.6  geo     standard  $2,204.40     base  in European Union',
      'Left out to fit: per-request, per-million-tokens, call. Shown in full by -o csv',
      'or -o json.',
    ])
    expect(stdout).toContain('batch does not use the prompt')
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('of 140 columns has what to call, too', async () => {
    const {stdout} = await compare([...SONNET, ...LOAD, '--no-color'], 140)

    expect(rowsOf(stdout)[0]).toMatch(
      /^MODEL +ROUTE +TIER +MONTH +VS BASE +\$\/REQUEST +\$\/1M TOKENS +PROMPTS STAY +CALL$/,
    )
    expect(stdout).not.toContain('Left out to fit')
  })
})

describe('pipes', () => {
  test('get full ids and no colour', async () => {
    const {stdout} = await compare([...SONNET, ...LOAD])

    expect(rowsOf(stdout)[1]).toMatch(/^eu\.anthropic\.claude-sonnet-4-6 +geo +batch /)
    expect(stdout).not.toContain('\u001B')
  })

  test('get every column as CSV, or those that are named', async () => {
    const [all, some] = [
      await compare([...SONNET, ...LOAD, '-o', 'csv']),
      await compare([...SONNET, ...LOAD, '-o', 'csv', '--columns', 'tier,month,changes', '--sort', '-month']),
    ]

    expect(all.stdout.split('\n')[0]).toMatch(
      /^call,region,route,tier,month,.*changes.*,price-source,confidence,notes\r?$/,
    )
    expect(
      some.stdout
        .trim()
        .split(/\r?\n/)
        .map((line) => line.split(',').slice(0, 2).join()),
    ).toEqual(['tier,month', 'standard,3630', 'standard,3300', 'batch,1815'])
  })

  test('get Markdown with a row a choice', async () => {
    const {stdout} = await compare([...SONNET, ...LOAD, '-o', 'markdown', '--columns', 'call,month'])

    expect(stdout.trim().split('\n').length).toBe(5)
  })
})

describe('a workload of a file', () => {
  const fileOf = (more: string) => `version: 1
region: eu-central-1
prices:
  - {model: amazon.nova-lite-v1:0, tier: flex, input: 0.02, output: 0.1}
workloads:
  - {name: chat, kind: inference, model: amazon.nova-2-lite-v1:0, requests: 1M, inputTokens: 1k, outputTokens: 100${more}}
`
  const answered = async (more: string, ...argv: readonly string[]) => {
    const argvAll = ['cost', 'compare', '-', '--offline', '--json', ...argv]
    return JSON.parse((await runCli(argvAll, {stdin: fileOf(more)})).stdout)
  }

  test('is compared with its own route and tier', async () => {
    const {baseline, cautions} = await answered(', route: global')
    const [batch, east] = [await answered(', tier: batch'), await answered(', region: us-east-1, route: global')]

    expect(baseline).toMatchObject({route: 'global', tier: 'standard', region: 'eu-central-1'})
    expect(cautions).toEqual([])
    expect(batch.baseline).toMatchObject({route: 'geo', tier: 'batch'})
    expect(east.baseline).toMatchObject({route: 'global', region: 'us-east-1'})
  })

  test('whose own choice has no price is told so', async () => {
    const {baseline, cautions} = await answered(', route: global, tier: flex')

    expect(baseline).toMatchObject({route: 'geo', tier: 'standard'})
    expect(cautions).toEqual([
      expect.stringMatching(/the choice of the file .*global, flex\) has no place here: no flex/),
    ])
  })

  test('has tiers that only its own prices know', async () => {
    const {choices} = await answered('', '--model', 'amazon.nova-lite-v1:0', '--tier', 'flex')

    expect(choices[0]).toMatchObject({tier: 'flex', month: {amount: 30}})
  })
})

describe('what is compared', () => {
  test('a workload of a file, with its own model and Region, against others', async () => {
    const {stdout} = await compare([CHAT, '--workload', ROUTER, '--tier', 'standard', '--offline', '--json'])

    const {workload, choices} = JSON.parse(stdout)
    expect(workload.name).toBe(ROUTER)
    expect(new Set(choices.map(({modelId}: {modelId: string}) => modelId))).toEqual(new Set(['amazon.nova-micro-v1:0']))
  })

  test('a file with several workloads needs the name of one', async () => {
    const {exitCode, stderr} = await compare([CHAT, '--offline'])

    expect(exitCode).toBe(2)
    expect(stderr).toContain('--workload is missing: one of support-chat, intent-router')
  })

  test('every text model in every Region, of which --top keeps some', async () => {
    const {stdout} = await compare(['--model', 'all', '--region', 'all', ...LOAD, '--top', '5', '--json'])

    const {choices, leftOut, notSold} = JSON.parse(stdout)
    expect(choices.length).toBe(5)
    expect(leftOut).toBeGreaterThan(500)
    expect(notSold.combinations).toEqual([])
  })

  test('capacity beside on-demand', async () => {
    const {stdout} = await compare([
      ...[...SONNET, ...LOAD, '--json', '--include', 'self-hosted,reserved'],
      ...['--gpu-hourly', '2.50', '--tokens-per-second', '1800', '--utilisation', '60%'],
    ])

    const kinds = JSON.parse(stdout).choices.map(({kind}: {kind: string}) => kind)
    expect(new Set(kinds)).toEqual(new Set(['on-demand', 'reserved', 'self-hosted']))
  })
})

describe('bad input', () => {
  test('is refused with all that is wrong at once, and what was meant', async () => {
    const {exitCode, stderr} = await compare([
      ...[
        '--model',
        'anthropic.claude-sonet-4-6',
        '--region',
        'eu-centrl-1',
        '--requests',
        '-5',
        '--output-tokens',
        'x',
      ],
      ...['--gpus', '2', '--include', 'reserved,provisioned', '--top', '0', '--offline'],
    ])

    expect(exitCode).toBe(2)
    for (const said of [
      '--gpus is for --include self-hosted',
      '--include provisioned needs --model-units',
      '--top 0: not such as 10',
      '--requests -5: not such as 200k/month or 3/s',
      '--input-tokens is missing',
      '--output-tokens x: not such as 500',
      'Did you mean anthropic.claude-sonnet-4-6',
      'Did you mean eu-central-1',
    ]) {
      expect(stderr).toContain(said)
    }
  })

  test('no requests are nothing to compare', async () => {
    const {stderr} = await compare([
      ...SONNET,
      '--requests',
      '0',
      '--input-tokens',
      '1',
      '--output-tokens',
      '1',
      '--offline',
    ])

    expect(stderr).toContain('no requests: there is nothing to compare')
  })

  test.each([
    [['--tier', 'flex'], 'anthropic.claude-sonnet-4-6 eu-central-1 geo flex: it has no flex tier'],
    [['--route', 'in-region'], 'the catalog lists geo, global from eu-central-1, not in-region'],
    [['--against', 'batch us-east-1'], 'Nothing that is compared is “us-east-1”.'],
    [['--columns', 'monht'], 'Did you mean month?'],
    [['--workload', 'x'], '--workload x names one of a file; none is given'],
  ])('%j is refused: %s', async (argv, said) => {
    const {exitCode, stderr} = await compare([...SONNET, ...LOAD, ...argv])

    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(said)])
  })
})
