import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {withFolder} from '../support/process-stage.js'
import {spawnCli} from '../support/run-cli.js'

// What the Price List is asked, by programs that share one cache.

const ESTIMATE = [
  ...['cost', 'estimate', '--model', 'anthropic.claude-sonnet-4-6', '--region', 'eu-central-1', '--requests', '9k'],
  ...['--input-tokens', '900', '--output-tokens', '90', '--json'],
]

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({})
})

afterEach(() => sandbox.close())

const asked = (operation: string) => sandbox.journal.filter((call) => call.operation === operation).length

async function estimate(folder: string, ...words: readonly string[]) {
  const env = {...sandbox.env(), BEDROCKCTL_CACHE_DIR: folder}
  const {exitCode, stderr, stdout} = await spawnCli([...ESTIMATE, ...words], {env})
  return {exitCode, stderr, answer: JSON.parse(stdout)}
}

describe('commands that share a cache', () => {
  test('started together they make one refresh, and price alike', () =>
    withFolder(async (folder) => {
      const answers = await Promise.all([estimate(folder), estimate(folder), estimate(folder)])

      expect(answers.map(({exitCode}) => exitCode)).toEqual([0, 0, 0])
      expect(asked('DescribeServices')).toBe(1)
      expect(new Set(answers.map(({answer}) => answer.month[0].amount)).size).toBe(1)
      expect(answers.map(({answer}) => answer.prices.kind).sort()).toEqual(['cache', 'cache', 'live'])
      expect(readdirSync(folder)).toEqual(['prices-simulated.json'])
    }))

  test('one after the other reads once, unless it asks for what is new', () =>
    withFolder(async (folder) => {
      await estimate(folder)
      const products = asked('GetProducts')
      const kept = await estimate(folder)

      expect(products).toBeGreaterThan(0)
      expect([kept.answer.prices.kind, asked('GetProducts')]).toEqual(['cache', products])
      expect((await estimate(folder, '--max-age', '0s')).answer.prices.kind).toBe('live')
      expect(asked('GetProducts')).toBe(2 * products)
    }))

  test('what a sandbox said is not taken offline, where nobody can tell', () =>
    withFolder(async (folder) => {
      await estimate(folder)

      expect((await estimate(folder, '--offline')).answer.prices).toMatchObject({kind: 'bundle', why: null})
      expect(existsSync(join(folder, 'prices.json'))).toBe(false)
    }))
})
