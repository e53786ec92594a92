import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {type BaseQuestion, judgeBase} from '../../../../src/lib/customizations/create/judge-base.js'

const catalog = await openCatalog()
const facts = await catalog.customModels()

function judge(baseModel: string, type: BaseQuestion['type'], more: Partial<BaseQuestion> = {}) {
  const base = facts.bases.find(({id}) => id === baseModel)
  const tuning = base?.tunings.find((one) => one.type === type)
  const where = {region: 'us-east-1', teacher: undefined, grader: undefined, hasValidation: false}
  const checks = judgeBase(
    {base, baseModel, tuning, type, ...where, ...more},
    facts,
    catalog.model(base?.modelId ?? ''),
  )
  return checks
    .filter(({verdict}) => verdict !== 'ok' && verdict !== 'not-applicable')
    .map((one) => `${one.id} ${one.verdict}`)
}

test.each([
  ['amazon.nova-lite-v1:0:300k', []],
  ['amazon.nova-lite-v1:0:24k', ['base fail']],
  ['us.amazon.nova-lite-v1:0', ['base fail']],
  ['amazon.nova-9-v1:0', ['base unknown']],
  ['arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.nova-lite-v1:0:300k/abcdefghijkl', ['base unknown']],
])('%s as a base: %j', (base, told) => {
  expect(judge(base, 'FINE_TUNING')).toEqual(told)
})

test.each([
  ['amazon.nova-pro-v1:0', []],
  ['us.amazon.nova-pro-v1:0', []],
  ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0', []],
  ['arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0', []],
  ['arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc', ['teacher unknown']],
  ['amazon.nova-pro-v1:01', ['teacher fail']],
  ['amazon.nova-lite-v1:0', ['teacher fail']],
])('%s as a teacher: %j', (teacher, told) => {
  expect(judge('amazon.nova-micro-v1:0:128k', 'DISTILLATION', {teacher})).toEqual(told)
})

test.each([
  ['us-east-1', []],
  ['eu-west-1', ['grader fail']],
])('a function that grades in %s: %j', (region, told) => {
  const grader = `arn:aws:lambda:${region}:111122223333:function:grade`

  expect(judge('amazon.nova-2-lite-v1:0:256k', 'REINFORCEMENT_FINE_TUNING', {grader})).toEqual(told)
})
