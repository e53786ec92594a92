import {expect, test} from 'vitest'
import {renderAnswer} from '../../../src/lib/output/render-answer.js'
import {widthOf} from '../../../src/lib/output/wrap.js'
import {type RefreshChange, type RefreshResult, refreshSchema} from '../../../src/lib/refresh/refresh.schema.js'
import {refreshView} from '../../../src/lib/refresh/render-refresh.js'

const PIPE = {width: Number.POSITIVE_INFINITY, color: false, interactive: false, unicode: true}

function aChange(over: Partial<RefreshChange> & Pick<RefreshChange, 'kind'>): RefreshChange {
  return {region: 'eu-central-1', id: 'amazon.nova-lite-v1:0', detail: null, before: null, after: null, ...over}
}

const result: RefreshResult = {
  schemaVersion: 1,
  simulated: false,
  unread: [],
  account: '111122223333',
  partition: 'aws',
  dryRun: false,
  interrupted: true,
  regions: ['eu-central-1', 'eu-west-1'],
  notEnabled: ['eu-south-2'],
  parts: [
    {
      part: 'models',
      file: '/home/ada/.cache/bedrockctl/offers.json',
      state: 'written',
      regions: ['eu-central-1'],
      kept: [{region: 'eu-west-1', readAt: '2026-11-20T18:02:00.000Z'}],
      records: 180,
      comparedWith: ['cache', 'bundle'],
      ignored: null,
    },
    {
      part: 'prices',
      file: '/home/ada/.cache/bedrockctl/prices.json',
      state: 'unavailable',
      regions: [],
      kept: [],
      records: 0,
      comparedWith: [],
      ignored: '/home/ada/.cache/bedrockctl/prices.json is damaged',
    },
  ],
  changes: [
    aChange({kind: 'model-added'}),
    aChange({kind: 'model-added', region: 'eu-west-1'}),
    aChange({kind: 'model-changed', detail: 'status', before: 'ACTIVE', after: 'LEGACY'}),
    aChange({kind: 'destinations-changed', before: ['eu-west-1'], after: ['eu-north-1']}),
    aChange({kind: 'price-changed', detail: 'global input', before: 3, after: 3.3}),
    aChange({kind: 'quota-changed', id: 'L-1', detail: 'Agents per account', before: 100, after: 200}),
  ],
  unparsed: [
    {offer: 'AmazonBedrock', usageType: 'created-image', name: null, reason: 'unknown usage type', products: 4},
    {offer: 'AmazonBedrock', usageType: 'input-tokens', name: 'Nova 9', reason: 'unknown model', products: 1},
  ],
}

const text = (terminal = PIPE, shown = result) =>
  renderAnswer(shown, refreshView, {format: 'table', query: undefined, terminal})

test('the result fits its schema', () => {
  expect(refreshSchema.safeParse(result).error).toBeUndefined()
})

test('each kind of change says what an engineer would', async () => {
  const shown = await text()

  expect(shown).toMatch(/models added +2 {2}amazon\.nova-lite-v1:0 \(2 Regions\)/)
  expect(shown).toContain('amazon.nova-lite-v1:0 status: ACTIVE to LEGACY (eu-central-1)')
  expect(shown).toContain('amazon.nova-lite-v1:0 +eu-north-1 -eu-west-1 (eu-central-1)')
  expect(shown).toContain('amazon.nova-lite-v1:0 global input: $3 to $3.3 (eu-central-1)')
  expect(shown).toContain('Agents per account (L-1): 100 to 200 (eu-central-1)')
})

test('a price in another currency has no dollar sign', async () => {
  const changes = [aChange({kind: 'price-changed', detail: 'in-region/geo input CNY', before: 5.8, after: 6})]

  expect(await text(PIPE, {...result, changes})).toContain('in-region/geo input CNY: 5.8 to 6 (eu-central-1)')
})

test('what was not read, not used, not understood and not finished is said', async () => {
  const shown = await text()

  expect(shown).toContain('interrupted  what was whole is kept')
  expect(shown).toContain('models of eu-west-1: kept from an earlier read, the oldest of 2026-11-20T18:02:00.000Z')
  expect(shown).toContain('ignored  /home/ada/.cache/bedrockctl/prices.json is damaged')
  expect(shown).toContain('no Price List in this partition')
  expect(shown).toContain('not enabled in this account: eu-south-2')
  expect(shown).toContain('5 products of the Price List gave no price: unknown usage type 4, unknown model 1')
})

test('on a terminal no line is wider than it', async () => {
  const shown = await text({...PIPE, interactive: true, width: 80})

  expect(shown.split('\n').filter((line) => widthOf(line) > 80)).toEqual([])
})

test('CSV has one row a change', async () => {
  const csv = await renderAnswer(result, refreshView, {format: 'csv', query: undefined, terminal: PIPE})
  const [head, first] = csv.split(/\r?\n/)

  expect(head).toBe('change,region,id,detail,before,after')
  expect(first).toBe('model-added,eu-central-1,amazon.nova-lite-v1:0,,,')
})
