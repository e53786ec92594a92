import type {ImportArchitecture} from '../../catalog/custom-models.schema.js'
import {isMembers} from '../read/weight-map.js'
import {type CheckContext, fails, type ImportCheck, type Judged, notKnown, notLooked, unseen} from './check.js'
import {few, numberOf, shortName, textConfig, textOf} from './config-values.js'

/** In the list that AWS’s own failure prints, and documented nowhere. */
const UNDOCUMENTED = new Set(['poolside'])
/** Heads and embeddings, which are no language models. */
const NO_LANGUAGE_MODEL =
  /(?:Model|ForSequenceClassification|ForTokenClassification|ForQuestionAnswering|ForMaskedLM|EncoderModel)$/
const LLAMA3_ROPE = {
  factor: 8,
  low_freq_factor: 1,
  high_freq_factor: 4,
  original_max_position_embeddings: 8192,
} as const
/** What the family has by nature. */
const OWN_ROPE: Readonly<Record<string, readonly string[]>> = {
  gpt_oss: ['yarn'],
  qwen2_vl: ['mrope', 'default'],
  qwen2_5_vl: ['mrope', 'default'],
}
const GPT_OSS_ENDS = [200002, 199999, 200012]

export const CONFIG_CHECKS: readonly ImportCheck[] = [
  {
    id: 'IMP-02',
    title: 'the architecture is one that the Region imports',
    severity: 'blocker',
    why: 'The job fails with “Amazon bedrock does not support the architecture (…) of the model that you are importing”.',
    *judge(context) {
      yield* unlessAbsent(context, architectureFaults)
    },
  },
  {
    id: 'IMP-19',
    title: 'files are those of the transformers version of the service',
    severity: 'warning',
    why: 'The service imports with one version of transformers; later ones name things otherwise.',
    *judge(context) {
      const {architecture, config, facts} = context
      if (config === undefined) return yield notLooked('not looked at: IMP-01')
      if (architecture?.modelType === 'gpt_oss') return yield notLooked('GPT-OSS needs a later version.')
      const version = textOf(config['transformers_version'])
      if (version === undefined)
        return yield notKnown('config.json does not say which version of transformers wrote it.')
      if (!isLater(version, facts.transformers)) return
      const five =
        Number.parseInt(version, 10) >= 5
          ? ' Version 5 writes dtype, rope_parameters and TokenizersBackend, which older ones do not read.'
          : ''
      yield fails(`transformers ${shortName(version)} wrote it, the service has ${facts.transformers}.${five}`, {
        file: 'config.json',
        fix: `Save it again with transformers ${facts.transformers}.`,
      })
    },
  },
  {
    id: 'IMP-20',
    title: 'no code of the model’s own is needed',
    severity: 'warning',
    why: 'Only built-in architectures are imported: Python files of a model are not run.',
    *judge(context) {
      const {config, facts, model} = context
      if (config === undefined) return yield notLooked('not looked at: IMP-01')
      const map = config['auto_map']
      const classes = Array.isArray(config['architectures']) ? config['architectures'] : []
      const isBuiltIn = facts.architectures.some(({className}) => classes.includes(className))
      if (isMembers(map)) {
        const loads = Object.keys(map).some((name) => name.startsWith('AutoModel'))
        const said = `auto_map of config.json names code of its own for ${few(Object.keys(map))}.`
        yield fails(said, {
          severity: loads && !isBuiltIn ? 'blocker' : 'warning',
          file: 'config.json',
          fix: 'Use the built-in class and remove auto_map.',
        })
        return
      }
      const code = model.listing.files
        .map(({path}) => path)
        .filter((path) => !path.includes('/') && path.endsWith('.py'))
      if (code.length > 0)
        yield fails(`${few(code)} ${code.length === 1 ? 'is' : 'are'} not run.`, {
          file: code[0],
          fix: 'Leave Python files out of the upload.',
        })
    },
  },
  {
    id: 'IMP-21',
    title: 'rope scaling is that which the service applies',
    severity: 'warning',
    why: 'For Llama 3 the service sets factor 8, low 1, high 4 and 8,192 original positions, whatever config.json says; of other kinds it says nothing.',
    *judge(context) {
      yield* unlessAbsent(context, ropeFaults)
    },
  },
  {
    id: 'IMP-22',
    title: 'positions keep to the limit',
    severity: 'warning',
    why: 'AWS writes of max_position_embeddings “less than 128K”; 131,072 is taken all the same.',
    *judge(context) {
      const {config, facts} = context
      if (config === undefined) return yield notLooked('not looked at: IMP-01')
      const positions = numberOf(textConfig(config), 'max_position_embeddings', 'n_positions')
      if (positions === undefined || positions <= facts.positions) return
      yield fails(
        `config.json has ${positions.toLocaleString('en-US')} positions; ${facts.positions.toLocaleString('en-US')} is the limit.`,
        {file: 'config.json', fix: `Set max_position_embeddings to ${facts.positions}.`},
      )
    },
  },
  {
    id: 'IMP-23',
    title: 'the Region imports models',
    severity: 'blocker',
    why: 'Custom Model Import is in few Regions.',
    *judge({facts, region}) {
      if (region === undefined) return yield notLooked('not judged: no --region is named')
      if (facts.regions.includes(region)) return
      yield fails(`${region} does not import models, as of ${facts.asOf}.`, {
        fix: `Use --region ${facts.regions.join(' or ')}.`,
      })
    },
  },
  {
    id: 'IMP-43',
    title: 'GPT-OSS names its end tokens',
    severity: 'blocker',
    why: 'Without all three end tokens in generation_config.json, calls of an imported GPT-OSS fail.',
    *judge(context) {
      if (context.architecture?.modelType !== 'gpt_oss') return yield notLooked('Only of GPT-OSS.')
      yield* endTokenFaults(context)
    },
  },
]

function* architectureFaults(context: CheckContext): Iterable<Judged> {
  const {architecture, config = {}} = context
  const modelType = textOf(config['model_type'])
  const classes = Array.isArray(config['architectures']) ? config['architectures'] : []
  const className = textOf(classes[0])
  const file = 'config.json'
  const fix = 'Save the model again with save_pretrained.'
  if (modelType === undefined) {
    yield fails('config.json names no model_type, by which AWS tells families apart.', {file, fix})
  } else if (className !== undefined && className !== architecture?.className && NO_LANGUAGE_MODEL.test(className)) {
    const said = `${shortName(className)} is no language model: embeddings and classifiers are not imported.`
    yield fails(said, {file, fix: takenWords(context)})
  } else if (architecture === undefined) {
    yield unlisted(modelType, context)
  } else if (className === undefined) {
    yield fails('config.json names no class in architectures.', {file, fix})
  } else if (className !== architecture.className) {
    const said = `model_type ${architecture.modelType} goes with ${architecture.className}, not with ${shortName(className)}.`
    yield fails(said, {file, fix})
  } else yield* regionFaults(architecture, context)
}

function unlessAbsent(context: CheckContext, judge: (context: CheckContext) => Iterable<Judged>): Iterable<Judged> {
  return context.config === undefined ? [notLooked('not looked at: IMP-01')] : judge(context)
}

function takenWords({facts}: CheckContext): string {
  return `AWS takes ${facts.architectures.map((one) => one.modelType).join(', ')} (${facts.asOf}).`
}

function unlisted(modelType: string, context: CheckContext): Judged {
  return fails(`${shortName(modelType)} is not in AWS’s list of ${context.facts.asOf}.`, {
    severity: UNDOCUMENTED.has(modelType) ? 'warning' : 'blocker',
    file: 'config.json',
    fix: `${takenWords(context)} bedrockctl catalog refresh looks for a newer list.`,
  })
}

function* regionFaults({name, regions}: ImportArchitecture, {facts, region}: CheckContext): Iterable<Judged> {
  // A Region without any imports is told by IMP-23.
  if (region === undefined || regions === null || regions.includes(region) || !facts.regions.includes(region)) return
  yield fails(`${name} is imported in ${regions.join(', ')} only, not in ${region}.`, {
    file: 'config.json',
    fix: `Use --region ${regions.join(' or ')}.`,
  })
}

function* ropeFaults({architecture, config = {}}: CheckContext): Iterable<Judged> {
  const text = textConfig(config)
  const rope = text['rope_scaling'] ?? text['rope_parameters']
  if (!isMembers(rope)) return
  const type = textOf(rope['rope_type']) ?? textOf(rope['type']) ?? 'default'
  if (type === 'default' || OWN_ROPE[architecture?.modelType ?? '']?.includes(type) === true) return
  const file = 'config.json'
  if (type !== 'llama3') {
    yield fails(`rope_scaling is of type ${shortName(type)}; what the service makes of it is not documented.`, {
      file,
      fix: 'Test long prompts after the import.',
    })
    return
  }
  const others = Object.entries(LLAMA3_ROPE).filter(([name, value]) => rope[name] !== value)
  if (others.length === 0) return
  const told = others.map(([name, value]) => `${name} ${String(rope[name]).slice(0, 20)} becomes ${value}`).join(', ')
  yield fails(`rope_scaling is replaced: ${told}.`, {file, fix: 'Test long prompts after the import.'})
}

function* endTokenFaults(context: CheckContext): Iterable<Judged> {
  const file = 'generation_config.json'
  const aside = unseen(context, file, 'IMP-43')
  if (aside !== undefined) return yield aside
  const fix = 'Take generation_config.json of openai/gpt-oss-20b.'
  const ends = context.model.members(file)?.['eos_token_id']
  const named = Array.isArray(ends) ? ends : [ends]
  const lacking = GPT_OSS_ENDS.filter((id) => !named.includes(id))
  if (context.model.document(file).state === 'absent') yield fails('There is no generation_config.json.', {file, fix})
  else if (lacking.length > 0) yield fails(`eos_token_id lacks ${lacking.join(', ')}.`, {file, fix})
}

/** Whether a version is later, by its first three numbers. */
function isLater(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) =>
    text
      .split('.')
      .slice(0, 3)
      .map((part) => Number.parseInt(part, 10) || 0),
  )
  for (let index = 0; index < 3; index += 1) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}
