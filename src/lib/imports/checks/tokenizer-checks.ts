import {isMembers} from '../read/weight-map.js'
import {
  type CheckContext,
  fails,
  faultsOf,
  type ImportCheck,
  type Judged,
  notKnown,
  notLooked,
  type PlacedTensor,
  unseen,
} from './check.js'
import {numberOf, shortName, textConfig, textOf} from './config-values.js'
import {noFolder} from './file-checks.js'

const CONFIG = 'tokenizer_config.json'
const SAVE = 'tokenizer.save_pretrained writes all files of the tokenizer.'

export const TOKENIZER_CHECKS: readonly ImportCheck[] = [
  {
    id: 'IMP-14',
    title: 'the files of the tokenizer are there',
    severity: 'blocker',
    why: 'The service needs tokenizer.json and tokenizer_config.json, and tokenizer.model where the tokenizer is SentencePiece.',
    *judge(context) {
      const aside = noFolder(context)
      if (aside) return yield aside
      yield* faultsOf(context, 'IMP-14', SAVE)
      yield* tokenizerFiles(context)
    },
  },
  {
    id: 'IMP-15',
    title: 'config, embedding and tokenizer have one vocabulary',
    severity: 'blocker',
    why: 'A token without a row in the embedding makes calls fail, and rows that config.json does not have make the import fail.',
    *judge(context) {
      yield* vocabularyFaults(context)
    },
  },
  {
    id: 'IMP-16',
    title: 'there is a chat template',
    severity: 'warning',
    why: 'Converse and chat requests need a chat template; the service has no default for one.',
    *judge(context) {
      yield* templateFaults(context)
    },
  },
  {
    id: 'IMP-46',
    title: 'the class of the tokenizer is one that is imported',
    severity: 'warning',
    why: 'AWS names the tokenizer classes that are imported; TokenizersBackend of transformers 5 is none of them.',
    *judge(context) {
      const aside = unseen(context, CONFIG, 'IMP-46')
      const config = context.model.members(CONFIG)
      if (aside ?? config === undefined) return yield aside ?? notLooked('not looked at: IMP-14')
      const name = textOf(config['tokenizer_class'])
      const fix = 'Set tokenizer_class to that of the family, or to PreTrainedTokenizerFast.'
      if (isMembers(config['auto_map']))
        yield fails(`auto_map of ${CONFIG} names code of its own, which is not run.`, {file: CONFIG, fix})
      else if (name === undefined) yield notKnown(`${CONFIG} names no tokenizer_class.`)
      else if (!context.facts.tokenizerClasses.includes(name))
        yield fails(`${shortName(name)} is not in AWS’s list of tokenizers.`, {file: CONFIG, fix})
    },
  },
]

function* tokenizerFiles(context: CheckContext): Iterable<Judged> {
  const {architecture, model} = context
  const has = (path: string) => model.file(path) !== undefined
  const document = model.document(CONFIG)
  if (document.state === 'absent') yield fails(`There is no ${CONFIG}.`, {file: CONFIG, fix: SAVE})
  if (document.state === 'read' && model.members(CONFIG) === undefined) {
    yield fails(`${CONFIG} is no object.`, {file: CONFIG, fix: SAVE})
  }
  // A link that leads out of the folder is told by IMP-38.
  const isOdd = model.listing.odd.some(({path}) => path === 'tokenizer.json')
  if (!has('tokenizer.json') && !isOdd) yield withoutTokenizer(has)
  if (architecture?.multimodal === true && !has('preprocessor_config.json') && !has('processor_config.json')) {
    yield fails('There is no preprocessor_config.json, which says how images are read.', {
      severity: 'warning',
      file: 'preprocessor_config.json',
      fix: 'processor.save_pretrained writes it.',
    })
  }
}

function withoutTokenizer(has: (path: string) => boolean): Judged {
  const isSentence = has('tokenizer.model') || has('spiece.model')
  const isPairs = has('vocab.json') && has('merges.txt')
  const other = isSentence ? 'only a SentencePiece model' : 'only vocab.json and merges.txt'
  const isSome = isSentence || isPairs
  const said = isSome
    ? `There is no tokenizer.json, ${other}; AWS lists it among the files that are needed.`
    : 'There is no tokenizer.json.'
  return fails(said, {severity: isSome ? 'warning' : 'blocker', file: 'tokenizer.json', fix: SAVE})
}

const RESIZE = 'model.resize_token_embeddings(len(tokenizer)), then save model and tokenizer.'

function* vocabularyFaults(context: CheckContext): Iterable<Judged> {
  const {config, layout, model, partial, tensors} = context
  if (config === undefined) return yield notLooked('not looked at: IMP-01')
  const vocabulary = numberOf(textConfig(config), 'vocab_size')
  if (vocabulary === undefined) return yield notKnown('config.json has no vocab_size.')
  const wanted = vocabulary + (layout?.extraRows ?? 0)
  const embedding = tensors.find(({name}) => layout?.embedding.includes(name) === true)
  if (embedding) yield* embeddingFaults(context, embedding, {vocabulary, wanted})
  else if (partial) yield partial
  else yield notLooked(layout === undefined ? 'The name of its embedding is not known.' : 'not looked at: IMP-42')
  yield* tokenizerSize(model.vocabulary, addedTokens(context), embedding?.shape[0] ?? wanted)
}

function* embeddingFaults(
  {config = {}, layout, tensors}: CheckContext,
  embedding: PlacedTensor,
  {vocabulary, wanted}: {readonly vocabulary: number; readonly wanted: number},
): Iterable<Judged> {
  const [rows = 0, wide = 0] = embedding.shape
  const width = numberOf(textConfig(config), ...(layout?.width ?? []))
  const output = tensors.find(({name}) => layout?.output.includes(name) === true)
  const place = {file: embedding.file, tensor: embedding.name}
  if (rows !== wanted) {
    yield fails(`The embedding has ${rows} rows, config.json makes it ${wanted}.`, {...place, fix: RESIZE})
  } else if (width !== undefined && wide !== width) {
    const fix = 'config.json is that of another size: take the one that was saved with the weights.'
    yield fails(`The embedding is ${wide} wide, config.json says ${width}.`, {...place, fix})
  } else if (output && output.shape[0] !== vocabulary) {
    const said = `The output layer has ${output.shape[0] ?? 0} rows, config.json has ${vocabulary} tokens.`
    yield fails(said, {file: output.file, tensor: output.name, fix: RESIZE})
  }
}

function* tokenizerSize(
  vocabulary: CheckContext['model']['vocabulary'],
  added: number,
  rows: number,
): Iterable<Judged> {
  switch (vocabulary.state) {
    case 'unread':
      return yield notKnown(`How many tokens the tokenizer has is not known: ${vocabulary.reason}.`)
    case 'absent':
      return yield notKnown('How many tokens the tokenizer has is not known without a tokenizer.json.')
    case 'faulty':
      return yield notLooked(`not looked at: ${vocabulary.fault.check}`)
    case 'read': {
      const size = Math.max(vocabulary.size, added)
      if (size > rows)
        yield fails(`The tokenizer has ${size} tokens, the model has ${rows}.`, {file: vocabulary.file, fix: RESIZE})
    }
  }
}

/** The greatest id and one more among the tokens that tokenizer_config.json adds. */
function addedTokens({model}: CheckContext): number {
  const decoder = model.members(CONFIG)?.['added_tokens_decoder']
  if (!isMembers(decoder)) return 0
  return Object.keys(decoder).reduce((most, id) => (/^\d{1,9}$/.test(id) ? Math.max(most, Number(id) + 1) : most), 0)
}

function* templateFaults(context: CheckContext): Iterable<Judged> {
  const {architecture, converse, model} = context
  const aside = noFolder(context) ?? unseen(context, CONFIG, 'IMP-16')
  if (aside) return yield aside
  if (model.document(CONFIG).state === 'absent') return yield notLooked('not looked at: IMP-14')
  if (converse && architecture?.converse === false) {
    return yield fails(`Imports of ${architecture.name} do not answer Converse.`, {
      severity: 'blocker',
      fix: 'Call it with InvokeModel, and with messages.',
    })
  }
  yield* faultsOf(context, 'IMP-16', SAVE)
  const inside = templateIn(model.members(CONFIG)?.['chat_template'])
  const apart = templateIn(model.template) ?? templateIn(model.members('chat_template.json')?.['chat_template'])
  const fix = `Put it into chat_template of ${CONFIG}.`
  const severity = converse ? 'blocker' : 'warning'
  if (!hasChatTemplate(model)) {
    yield fails('There is no chat template: only prompts of plain text can be sent.', {severity, file: CONFIG, fix})
  } else if (inside === undefined && converse) {
    yield fails(`The chat template is in a file of its own; for Converse AWS asks for it in ${CONFIG}.`, {
      severity: 'warning',
      file: CONFIG,
      fix,
    })
  } else if (inside !== undefined && apart !== undefined && inside.trim() !== apart.trim()) {
    yield fails(`The chat template of ${CONFIG} is another than that of the file beside it, which is used.`, {
      severity: 'warning',
      file: CONFIG,
      fix: 'Keep one of them.',
    })
  }
}

/** Whether a model has a chat template; one in a file that could not be read counts. */
export function hasChatTemplate(model: CheckContext['model']): boolean {
  const isThere = (path: 'chat_template.jinja' | 'chat_template.json') => model.file(path) !== undefined
  const document = model.document('chat_template.json')
  return (
    templateIn(model.members(CONFIG)?.['chat_template']) !== undefined ||
    (isThere('chat_template.jinja') && (model.template === undefined || templateIn(model.template) !== undefined)) ||
    (isThere('chat_template.json') &&
      (document.state !== 'read' || templateIn(model.members('chat_template.json')?.['chat_template']) !== undefined))
  )
}

/** A template, or of several the one without a purpose of its own. */
function templateIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (!Array.isArray(value)) return undefined
  const templates: readonly unknown[] = value
  const named = templates.filter(isMembers)
  return textOf((named.find(({name}) => name === 'default') ?? named[0])?.['template'])
}
