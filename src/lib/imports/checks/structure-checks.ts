import {shapeWords} from '../safetensors/read-entry.js'
import {type CheckContext, fails, type ImportCheck, type Judged, notLooked, type PlacedTensor} from './check.js'
import {few, numberOf, shortName, textConfig} from './config-values.js'
import {isQuantised} from './tensor-checks.js'
import type {WeightLayout} from './weight-layouts.js'

/** What tools put before the names of all weights. */
const WRAPPERS = ['_orig_mod.', 'module.', 'base_model.', 'transformer.', 'model.model.', '_fsdp_wrapped_module.']
/** No model has more. */
const MOST_LAYERS = 10_000
const SAVE = 'Load it with transformers and save it with save_pretrained.'

export const STRUCTURE_CHECK: ImportCheck = {
  id: 'IMP-42',
  title: 'the weights are those that the architecture has',
  severity: 'blocker',
  why: 'A model with layers that are missing, or of another size than config.json says, cannot be loaded.',
  *judge(context) {
    const {config, layout, partial, tensors} = context
    if (config === undefined) return yield notLooked('not looked at: IMP-01')
    if (partial) return yield partial
    if (layout === undefined) return yield notLooked('The names of its weights are not known.')
    if (tensors.some(({name}) => name.startsWith('base_model.model.'))) return yield notLooked('not looked at: IMP-17')
    const names = new Map(tensors.map((tensor) => [tensor.name, tensor]))
    const embedding = layout.embedding.find((name) => names.has(name))
    if (embedding === undefined) return yield noEmbedding(context, layout)
    yield* outputFaults(context, layout, names)
    yield* normFaults(layout, names)
    const text = textConfig(config)
    for (const stack of layout.stacks) yield* stackFaults(context, stack, names)
    const width = numberOf(text, ...layout.width)
    // Where the width is another one IMP-15 says so, and no shape fits.
    if (width !== undefined && width === names.get(embedding)?.shape[1] && !isQuantised(context))
      yield* shapeFaults(context, width)
  },
}

function noEmbedding({tensors}: CheckContext, {embedding}: WeightLayout): Judged {
  const [first] = tensors
  const wrapper = WRAPPERS.find((prefix) => tensors.length > 0 && tensors.every(({name}) => name.startsWith(prefix)))
  const said =
    wrapper === undefined
      ? `There is no input embedding: no tensor is called ${embedding[0] ?? ''}.`
      : `All names begin with “${wrapper}”, which is of the tool that trained it: there is no ${embedding[0] ?? ''}.`
  return fails(said, {file: first?.file, fix: SAVE})
}

function* outputFaults(
  {config = {}, model}: CheckContext,
  layout: WeightLayout,
  names: ReadonlyMap<string, PlacedTensor>,
): Iterable<Judged> {
  const tied = config['tie_word_embeddings']
  const isTied = typeof tied === 'boolean' ? tied : layout.tied
  if (isTied || layout.output.some((name) => names.has(name))) return
  yield fails(`There is no ${layout.output[0] ?? ''}, and config.json does not tie it to the input embedding.`, {
    file: model.shards.at(-1)?.path,
    tensor: layout.output[0],
    fix: `${SAVE} If the model ties them, set tie_word_embeddings to true.`,
  })
}

function* normFaults({norm}: WeightLayout, names: ReadonlyMap<string, PlacedTensor>): Iterable<Judged> {
  if (norm.some((name) => names.has(name))) return
  yield fails(`There is no ${norm[0] ?? ''}, the norm behind the last layer.`, {tensor: norm[0], fix: SAVE})
}

function* stackFaults(
  context: CheckContext,
  {count, prefixes}: WeightLayout['stacks'][number],
  names: ReadonlyMap<string, PlacedTensor>,
): Iterable<Judged> {
  const wanted = numberOf(textConfig(context.config ?? {}), ...count)
  if (wanted === undefined) return
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST_LAYERS) {
    const said = `config.json has ${wanted.toLocaleString('en-US')} layers, as no model has.`
    yield fails(said, {file: 'config.json', fix: 'Take the config.json that was saved with the weights.'})
    return
  }
  const prefix = prefixes.find((one) => context.tensors.some(({name}) => name.startsWith(one))) ?? prefixes[0] ?? ''
  const layers = layersOf(prefix, names.keys())
  const lacking = Array.from({length: wanted}, (_, index) => index).filter((index) => !layers.has(index))
  if (lacking.length > 0) {
    const said = `Of ${wanted} layers ${prefix}N there is no ${few(lacking.map(String))}.`
    yield fails(said, {tensor: `${prefix}${lacking[0]}`, fix: SAVE})
  }
  const beyond = [...layers.keys()].filter((index) => index >= wanted).sort((a, b) => a - b)
  if (beyond.length > 0) {
    const said = `config.json has ${wanted} layers, the weights have ${prefix}${few(beyond.map(String))} too.`
    yield fails(said, {tensor: `${prefix}${beyond[0]}`, fix: SAVE})
  }
  if (!isQuantised(context)) yield* partFaults(context.layout?.layer ?? [], prefix, layers)
}

/** Layer → what is in it, by names such as `model.layers.7.mlp.up_proj.weight`. */
function layersOf(prefix: string, names: Iterable<string>): ReadonlyMap<number, ReadonlySet<string>> {
  const layers = new Map<number, Set<string>>()
  for (const name of names) {
    const [, number, part] = name.startsWith(prefix) ? (/^(\d{1,6})\.(.+)$/.exec(name.slice(prefix.length)) ?? []) : []
    if (number === undefined || part === undefined) continue
    layers.set(Number(number), (layers.get(Number(number)) ?? new Set()).add(part))
  }
  return layers
}

/** Tensors of layers that are there in part; a family whose layers differ has none listed. */
function* partFaults(
  parts: readonly string[],
  prefix: string,
  layers: ReadonlyMap<number, ReadonlySet<string>>,
): Iterable<Judged> {
  const lacking: string[] = []
  const unknown: string[] = []
  const known = new Set(parts.map((part) => part.replace(/\.(?:weight|bias)$/, '')))
  for (const [index, own] of layers) {
    for (const part of parts) if (!own.has(part)) lacking.push(`${prefix}${index}.${part}`)
    for (const part of own) {
      if (
        parts.length > 0 &&
        !known.has(part.replace(/\.(?:weight|bias)$/, '')) &&
        !/inv_freq|lora_|modules_to_save/.test(part)
      )
        unknown.push(`${prefix}${index}.${part}`)
    }
  }
  if (lacking.length > 0) yield fails(`There is no ${few(lacking.sort())}.`, {tensor: lacking[0], fix: SAVE})
  if (unknown.length > 0) {
    yield fails(`The architecture has no ${few(unknown.sort())}.`, {severity: 'warning', tensor: unknown[0], fix: SAVE})
  }
}

/** Attention and feed-forward matrices are as large as config.json makes them. */
function* shapeFaults({config = {}, layout, tensors}: CheckContext, width: number): Iterable<Judged> {
  if (layout?.layer === null || layout === undefined) return
  const text = textConfig(config)
  const heads = numberOf(text, 'num_attention_heads')
  const inner = numberOf(text, 'intermediate_size')
  if (heads === undefined || heads === 0 || inner === undefined) return
  const head = numberOf(text, 'head_dim') ?? width / heads
  const keys = (numberOf(text, 'num_key_value_heads') ?? heads) * head
  const shapes: Readonly<Record<string, readonly [number, number]>> = {
    'self_attn.q_proj.weight': [heads * head, width],
    'self_attn.k_proj.weight': [keys, width],
    'self_attn.v_proj.weight': [keys, width],
    'self_attn.o_proj.weight': [width, heads * head],
    'mlp.gate_proj.weight': [inner, width],
    'mlp.up_proj.weight': [inner, width],
    'mlp.down_proj.weight': [width, inner],
  }
  const others = tensors.filter(({name, shape}) => {
    const wanted = shapes[/\.\d+\.((?:self_attn|mlp)\.\w+\.weight)$/.exec(name)?.[1] ?? '']
    return wanted !== undefined && (shape.length !== 2 || shape[0] !== wanted[0] || shape[1] !== wanted[1])
  })
  const [first] = others
  if (first === undefined) return
  const wanted = shapes[/\.\d+\.((?:self_attn|mlp)\.\w+\.weight)$/.exec(first.name)?.[1] ?? ''] ?? []
  const more = others.length > 1 ? `, and ${others.length - 1} more differ` : ''
  yield fails(
    `${shortName(first.name)} is ${shapeWords(first.shape)}, by config.json it has ${shapeWords(wanted)}${more}.`,
    {
      file: first.file,
      tensor: first.name,
      fix: 'config.json is that of another size: take the one that was saved with the weights.',
    },
  )
}
