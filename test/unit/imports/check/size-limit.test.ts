import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {judgeModel} from '../../../../src/lib/imports/check/judge-model.js'
import {makeContext} from '../../../../src/lib/imports/checks/make-context.js'
import {readModel} from '../../../../src/lib/imports/read/read-model.js'
import {memoryFolder} from '../../../support/memory-folder.js'
import {type TinyModelOptions, tinyModel} from '../../../support/tiny-model.js'

const {imports: facts} = await (await openCatalog()).customModels()
const VISION = {architectures: ['MllamaForConditionalGeneration'], model_type: 'mllama'}

/** What IMP-13 says of a model whose weights are so large; they are not there, only told. */
async function sizeFindings(bytes: number, options: TinyModelOptions = {}) {
  const model = await readModel(memoryFolder(tinyModel(options)), {mostTokenizerBytes: () => 1e6})
  const context = makeContext(model, {facts, region: 'us-east-1', converse: false, addressProblems: []})
  const [first] = context.tensors
  const tensors = first === undefined ? [] : [{...first, bytes}]
  return judgeModel({...context, tensors}).findings.filter(({check}) => check === 'IMP-13')
}

test.each([
  [199_999_999_999, {}, undefined],
  [200_000_000_000, {}, 'warning'],
  [200 * 2 ** 30 - 1, {}, 'warning'],
  [200 * 2 ** 30, {}, 'blocker'],
  [99_999_999_999, {config: VISION}, undefined],
  [100_000_000_000, {config: VISION}, 'warning'],
  [100 * 2 ** 30, {config: VISION}, 'blocker'],
] as const)('%i bytes of weights, %j: %s', async (bytes, options, severity) => {
  expect((await sizeFindings(bytes, options)).map((one) => one.severity)).toEqual(severity ? [severity] : [])
})
