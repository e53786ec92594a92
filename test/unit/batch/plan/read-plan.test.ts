import {expect, test} from 'vitest'
import {readPlanText} from '../../../../src/lib/batch/plan/read-plan.js'

test.each(['{"version": 1}', '[]', 'null'])('%s is told to be no plan, not member by member', async (text) => {
  await expect(readPlanText('p.json', text)).rejects.toMatchObject({
    code: 'PLAN_DAMAGED',
    why: 'It does not say "kind": "bedrockctl-batch-plan", as every plan does.',
  })
})
