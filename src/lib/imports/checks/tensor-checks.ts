import {isMembers} from '../read/weight-map.js'
import {
  type CheckContext,
  fails,
  type ImportCheck,
  type Judged,
  notKnown,
  notLooked,
  type PlacedTensor,
} from './check.js'
import {few, shortName, textOf} from './config-values.js'
import {isAdapter, noFolder, onlyAdapter} from './file-checks.js'

/** Buffers that models save beside their weights. */
const NO_WEIGHT = /(?:inv_freq|masked_bias|attn\.bias|position_ids|num_batches_tracked)$/
const QUANTISED =
  /\.(?:qweight|qzeros|scales|g_idx|weight_scale|weight_scale_inv|absmax|quant_map|quant_state(?:\..*)?|weight_packed)$/
const MXFP4 = /_(?:blocks|scales)$/
const LORA = /\.lora_(?:[AB]|embedding_[AB]|magnitude_vector)\b|\.modules_to_save\.|^base_model\.model\./
const MERGE = 'PeftModel.merge_and_unload(), then save_pretrained.'
const GIBI = 2 ** 30

export const TENSOR_CHECKS: readonly ImportCheck[] = [
  {
    id: 'IMP-11',
    title: 'weights are of a type that is imported',
    severity: 'blocker',
    why: 'Weights are taken in FP32, FP16 and BF16; FP32 is stored as BF16.',
    *judge(context) {
      for (const {check, file, said, tensor} of context.model.faults) {
        if (check === 'IMP-11')
          yield fails(said, {file, tensor, fix: 'model.to(torch.bfloat16), then save_pretrained.'})
      }
      if (isQuantised(context)) return yield notLooked('not looked at: IMP-12')
      yield* typeFaults(context)
    },
  },
  {
    id: 'IMP-12',
    title: 'the model is not quantised',
    severity: 'blocker',
    why: 'Quantised weights are refused, those that GPT-OSS is published with apart.',
    *judge(context) {
      yield* quantisationFaults(context)
    },
  },
  {
    id: 'IMP-13',
    title: 'weights keep to the size limit',
    severity: 'blocker',
    why: 'All weights together must be below a limit; whether AWS counts in powers of ten or two it does not say.',
    *judge(context) {
      yield* sizeFaults(context)
    },
  },
  {
    id: 'IMP-17',
    title: 'adapters are merged into the weights',
    severity: 'blocker',
    why: 'LoRA adapters are not imported: their weights must be merged into those of the base model.',
    *judge(context) {
      const {model, tensors} = context
      const wrapped = tensors.find(({name}) => LORA.test(name))
      const config = model.document('adapter_config.json').state !== 'absent'
      const adapter = model.listing.files.map(({path}) => path).find((path) => isAdapter(path))
      const file = config ? 'adapter_config.json' : adapter
      const base = textOf(model.members('adapter_config.json')?.['base_model_name_or_path'])
      const of = base === undefined ? '' : ` of ${shortName(base)}`
      if (onlyAdapter(context)) yield fails(`This is an adapter${of}, not a model.`, {file, fix: MERGE})
      else if (wrapped)
        yield fails(`“${shortName(wrapped.name)}” is a weight of an adapter.`, {
          file: wrapped.file,
          tensor: wrapped.name,
          fix: MERGE,
        })
      else if (file !== undefined) {
        yield fails(`An adapter${of} lies beside the model and is not applied.`, {
          severity: 'warning',
          file,
          fix: `Leave it out of the upload, or merge it: ${MERGE}`,
        })
      }
    },
  },
]

function* typeFaults({architecture, facts, tensors}: CheckContext): Iterable<Judged> {
  const isPublished = ({name, type}: PlacedTensor) =>
    architecture?.quantised === true && type === 'U8' && MXFP4.test(name)
  const weights = tensors.filter((tensor) => !NO_WEIGHT.test(tensor.name) && !isPublished(tensor))
  for (const [type, own] of byType(weights)) {
    const [first] = own
    const said = `${own.length} ${own.length === 1 ? 'tensor is' : 'tensors are'} ${type}: ${few(own.map(({name}) => name))}`
    const place = {file: first?.file, tensor: first?.name}
    if (!facts.weightTypes.includes(type)) {
      yield fails(`${said}.`, {...place, fix: 'model.to(torch.bfloat16), then save_pretrained.'})
    } else if (type === 'F32') {
      yield fails(`${said}; the service stores them as BF16.`, {...place, severity: 'info'})
    }
  }
}

function byType(tensors: readonly PlacedTensor[]): ReadonlyMap<string, readonly PlacedTensor[]> {
  const groups = new Map<string, PlacedTensor[]>()
  for (const tensor of tensors) {
    const own = groups.get(tensor.type)
    if (own) own.push(tensor)
    else groups.set(tensor.type, [tensor])
  }
  return groups
}

/** Weights that are packed or scaled, by their names, or by types that no model is trained in. */
function quantisedTensor({tensors}: CheckContext): PlacedTensor | undefined {
  return tensors.find(
    ({name, type}) => QUANTISED.test(name) || type.startsWith('F8_') || type.startsWith('F4') || type.startsWith('F6_'),
  )
}

/** Whether IMP-12 refuses the weights themselves. */
export function isQuantised(context: CheckContext): boolean {
  if (context.architecture?.quantised === true) return false
  const named = isMembers(context.config?.['quantization_config'])
  const tensor = quantisedTensor(context)
  return tensor !== undefined && (named || QUANTISED.test(tensor.name))
}

function* quantisationFaults(context: CheckContext): Iterable<Judged> {
  const {architecture, config, facts, model, partial, tensors} = context
  const own = config?.['quantization_config']
  const file = 'config.json'
  const fix = 'Import the base model instead, or dequantise it and save it in BF16.'
  const method = isMembers(own) ? (textOf(own['quant_method']) ?? 'a method it does not name') : undefined
  if (method !== undefined && architecture?.quantised === true && method === 'mxfp4') {
    yield fails(
      'The weights are MXFP4, as GPT-OSS is published; whether they are imported as they are AWS does not say.',
      {severity: 'warning', file, fix: 'Dequantised to BF16 they are imported.'},
    )
    return
  }
  if (isQuantised(context)) {
    const tensor = quantisedTensor(context)
    yield fails(
      `The weights are quantised${method === undefined ? '' : ` with ${shortName(method)}`}: ${shortName(tensor?.name ?? '')} is ${tensor?.type ?? ''}.`,
      {file: tensor?.file, tensor: tensor?.name, fix},
    )
    return
  }
  const beside = (['quantize_config.json', 'quant_config.json'] as const).find(
    (name) => model.document(name).state !== 'absent',
  )
  const isPlain =
    partial === undefined && tensors.every(({name, type}) => NO_WEIGHT.test(name) || facts.weightTypes.includes(type))
  if (method !== undefined && !isPlain)
    yield fails(`config.json says that the weights are quantised with ${shortName(method)}.`, {file, fix})
  else if (method !== undefined) {
    yield fails(`config.json says that the weights are quantised with ${shortName(method)}; they are not.`, {
      file,
      fix: 'Remove quantization_config.',
    })
  } else if (beside !== undefined) {
    yield fails(`${beside} says that the weights are quantised.`, {
      severity: 'warning',
      file: beside,
      fix: 'Leave it out of the upload if they are not.',
    })
  }
}

function* sizeFaults(context: CheckContext): Iterable<Judged> {
  const {architecture, facts, model, partial, tensors} = context
  const aside = noFolder(context)
  if (aside) return yield aside
  const bytes =
    partial === undefined
      ? tensors.reduce((sum, tensor) => sum + tensor.bytes, 0)
      : model.shards.reduce((sum, shard) => sum + shard.bytes, 0)
  if (model.shards.length === 0) return yield partial ?? notLooked('There are no weights.')
  const isMultimodal = architecture?.multimodal === true
  const limit = isMultimodal ? facts.multimodalBytes : facts.textBytes
  if (bytes < limit) return partial?.verdict === 'unknown' ? yield notKnown(partial.said) : undefined
  const told = `The weights have ${bytes.toLocaleString('en-US')} bytes; below ${limit / 1e9} GB are imported of ${isMultimodal ? 'a multimodal' : 'a text'} model`
  const isOver = bytes >= (limit / 1e9) * GIBI
  yield fails(isOver ? `${told}.` : `${told}, and AWS does not say whether that is powers of ten.`, {
    severity: isOver ? 'blocker' : 'warning',
    fix: 'Import a smaller model, or save it in BF16.',
  })
}
