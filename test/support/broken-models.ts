import {safetensors, withHeaderLength} from './safetensors-file.js'
import {type TinyModelOptions, tinyModel} from './tiny-model.js'

/** A model with one thing wrong, and the one check that is to say so. */
export interface BrokenModel {
  readonly says: string
  readonly check: string
  readonly severity: 'blocker' | 'warning' | 'info'
  readonly options: TinyModelOptions
  /** In what is said. */
  readonly words: RegExp
  readonly region?: string
  readonly converse?: true
}

const FIRST = 'model-00001-of-00002.safetensors'
const SECOND = 'model-00002-of-00002.safetensors'
const INDEX = 'model.safetensors.index.json'
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 4976698672\n`
const base = tinyModel()
const second = base.get(SECOND) ?? Buffer.alloc(0)
const only = (archive: string) => ({
  ...Object.fromEntries([...base.keys()].map((path) => [path, undefined])),
  [archive]: '\u001f',
})
const GPT_OSS = {architectures: ['GptOssForCausalLM'], model_type: 'gpt_oss'}
const firstOnly = (change: (text: string) => string) => (text: string, shard: string) =>
  shard === FIRST ? change(text) : text
const blocker = (
  check: string,
  says: string,
  words: RegExp,
  options: TinyModelOptions,
  more: Partial<BrokenModel> = {},
): BrokenModel => ({says, check, severity: 'blocker', words, options, ...more})
const warning = (
  check: string,
  says: string,
  words: RegExp,
  options: TinyModelOptions,
  more: Partial<BrokenModel> = {},
): BrokenModel => ({says, check, severity: 'warning', words, options, ...more})

/** The text of the entry of the first tensor in a header. */
const ENTRY = /"model\.embed_tokens\.weight":\{[^}]*\}/

/** One a check at least; what needs a file system or S3 is tried beside them. */
export const BROKEN_MODELS: readonly BrokenModel[] = [
  blocker('IMP-01', 'no config.json', /no config\.json/, {files: {'config.json': undefined}}),
  blocker('IMP-01', 'a config.json that is no JSON', /is no JSON/, {files: {'config.json': '{"model_type": "llama"'}}),
  blocker('IMP-01', 'a config.json with a byte order mark', /byte order mark/, {
    files: {'config.json': (before) => `\ufeff${before}`},
  }),
  blocker('IMP-01', 'a config.json that is a list', /no object/, {files: {'config.json': '[]'}}),
  blocker('IMP-01', 'a model one folder deeper', /llama\/ has one/, {
    files: {'config.json': undefined, 'llama/config.json': '{}'},
  }),
  blocker('IMP-02', 'a family that AWS does not import', /gemma2 is not in AWS/, {
    config: {architectures: ['Gemma2ForCausalLM'], model_type: 'gemma2'},
  }),
  blocker('IMP-02', 'a class of another family', /goes with LlamaForCausalLM/, {
    config: {architectures: ['MistralForCausalLM']},
  }),
  blocker('IMP-02', 'a classifier', /no language model/, {config: {architectures: ['LlamaForSequenceClassification']}}),
  blocker('IMP-02', 'a family that nobody has heard of', /llama9 is not in AWS/, {
    config: {architectures: ['Llama9ForCausalLM'], model_type: 'llama9'},
  }),
  blocker('IMP-02', 'a model_type in another case', /Llama is not in AWS/, {config: {model_type: 'Llama'}}),
  blocker('IMP-02', 'no model_type', /names no model_type/, {config: {model_type: undefined}}),
  blocker('IMP-02', 'a model_type that is no text', /names no model_type/, {config: {model_type: 7}}),
  blocker('IMP-02', 'no class', /names no class/, {config: {architectures: undefined}}),
  blocker('IMP-02', 'an empty list of classes', /names no class/, {config: {architectures: []}}),
  warning('IMP-02', 'a family that may be new', /poolside is not in AWS/, {
    config: {architectures: ['PoolsideForCausalLM'], model_type: 'poolside'},
  }),
  blocker(
    'IMP-02',
    'GPT-OSS outside its Region',
    /us-east-1 only/,
    {config: GPT_OSS, files: {'generation_config.json': '{"eos_token_id": [200002, 199999, 200012]}'}},
    {region: 'eu-central-1'},
  ),
  blocker('IMP-03', 'weights of torch alone', /no safetensors, but pytorch_model\.bin/, {
    files: {[FIRST]: undefined, [SECOND]: undefined, [INDEX]: undefined, 'pytorch_model.bin': 'PK'},
  }),
  blocker('IMP-03', 'GGUF under the name of safetensors', /GGUF/, {
    files: {[FIRST]: Buffer.from('GGUF\u0003\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000')},
  }),
  blocker('IMP-03', 'a web page under the name of safetensors', /web page/, {
    files: {[SECOND]: '<!DOCTYPE html><html><body>Entry not found</body></html>'},
  }),
  warning('IMP-03', 'weights of torch beside the model', /pytorch_model\.bin/, {files: {'pytorch_model.bin': 'PK'}}),
  blocker('IMP-04', 'an index without metadata', /no metadata/, {index: ({weight_map}) => ({weight_map})}),
  blocker('IMP-04', 'an index with total_parameters', /total_parameters, which must be removed/, {
    index: (index) => ({...index, metadata: {...index.metadata, total_parameters: 1}}),
  }),
  blocker('IMP-04', 'an index whose metadata is a list', /no object/, {index: (index) => ({...index, metadata: []})}),
  blocker('IMP-04', 'an index that maps nothing', /weight_map/, {index: (index) => ({...index, weight_map: {}})}),
  blocker('IMP-04', 'an index that is no JSON', /is no JSON/, {files: {[INDEX]: 'no'}}),
  blocker('IMP-05', 'a shard that is missing', /names model-00002-of-00002\.safetensors, which is not there/, {
    files: {[SECOND]: undefined},
  }),
  blocker('IMP-05', 'a shard in another case', /case differ/, {
    files: {[SECOND]: undefined, [SECOND.toUpperCase()]: second},
  }),
  blocker('IMP-05', 'two shards and no index', /no model\.safetensors\.index\.json/, {files: {[INDEX]: undefined}}),
  blocker('IMP-06', 'a header that claims 2^60 bytes', /1,152,921,504,606,846,976 bytes/, {
    files: {[FIRST]: (before) => withHeaderLength(before, 2n ** 60n)},
  }),
  blocker('IMP-06', 'a header longer than the file', /the whole file has/, {
    files: {[FIRST]: (before) => withHeaderLength(before, 90_000_000n)},
  }),
  blocker('IMP-06', 'a header of no bytes', /0 bytes/, {files: {[FIRST]: (before) => withHeaderLength(before, 0n)}}),
  blocker('IMP-06', 'a file of three bytes', /3 bytes/, {files: {[FIRST]: 'abc'}}),
  blocker('IMP-07', 'a truncated shard', /truncated/, {files: {[FIRST]: (before) => before.subarray(0, -10)}}),
  blocker('IMP-07', 'bytes behind the last tensor', /10 bytes at its end/, {
    files: {[FIRST]: (before) => Buffer.concat([before, Buffer.alloc(10)])},
  }),
  blocker('IMP-07', 'a tensor over another', /over another/, {
    header: firstOnly((text) => text.replace(/\[2048,2560\]/, '[2046,2558]')),
  }),
  blocker('IMP-07', 'a shape that does not fit its place', /takes 2080 bytes/, {
    header: firstOnly((text) => text.replace('"shape":[64,16]', '"shape":[65,16]')),
  }),
  blocker('IMP-07', 'a shape with a sign', /whole numbers/, {
    header: firstOnly((text) => text.replace('"shape":[64,16]', '"shape":[64,-16]')),
  }),
  blocker('IMP-07', 'a shape beyond all numbers', /more bytes than/, {
    header: firstOnly((text) => text.replace('"shape":[64,16]', '"shape":[9007199254740993,16]')),
  }),
  blocker('IMP-08', 'shards said to be of two and of three', /of 00002, of 00003|of 00003, of 00002/, {
    index: (index) => ({
      ...index,
      weight_map: Object.fromEntries(
        Object.entries(index.weight_map).map(([name, file]) => [
          name,
          file.replace('00002-of-00002', '00002-of-00003'),
        ]),
      ),
    }),
    files: {[SECOND]: undefined, 'model-00002-of-00003.safetensors': second},
  }),
  blocker('IMP-08', 'a gap in the numbers', /no shard 2 of 3/, {
    index: (index) => ({
      ...index,
      weight_map: Object.fromEntries(
        Object.entries(index.weight_map).map(([name, file]) => [
          name,
          file.replace('-of-00002', '-of-00003').replace('00002-of', '00003-of'),
        ]),
      ),
    }),
    files: {
      [FIRST]: undefined,
      [SECOND]: undefined,
      'model-00001-of-00003.safetensors': base.get(FIRST),
      'model-00003-of-00003.safetensors': second,
    },
  }),
  warning('IMP-09', 'weights that the index does not name', /consolidated\.safetensors/, {
    files: {'consolidated.safetensors': second},
  }),
  blocker('IMP-10', 'a shard that is a pointer', /4,976,698,672 bytes/, {files: {[FIRST]: POINTER}}),
  blocker('IMP-10', 'a tokenizer that is a pointer', /tokenizer\.json is a Git LFS pointer/, {
    files: {'tokenizer.json': POINTER},
  }),
  blocker('IMP-10', 'a vocabulary that is a pointer', /vocab\.json is a Git LFS pointer/, {
    files: {'vocab.json': POINTER},
  }),
  blocker('IMP-10', 'a preprocessor that is a pointer', /preprocessor_config\.json is a Git LFS pointer/, {
    files: {'preprocessor_config.json': POINTER},
  }),
  blocker('IMP-10', 'a config.json that is a pointer', /config\.json is a Git LFS pointer/, {
    files: {'config.json': POINTER},
  }),
  blocker('IMP-11', 'weights of 64 bits', /1 tensor is F64: model\.norm\.weight/, {
    tensors: (all) =>
      all.map((one) => (one.name === 'model.norm.weight' ? {...one, dtype: 'F64', bytes: one.bytes * 4} : one)),
  }),
  blocker('IMP-11', 'a type that nobody knows', /no type “F12”/, {
    header: firstOnly((text) => text.replace('"dtype":"BF16"', '"dtype":"F12"')),
  }),
  {
    says: 'weights of 32 bits',
    check: 'IMP-11',
    severity: 'info',
    words: /stores them as BF16/,
    options: {tensors: (all) => all.map((one) => ({...one, dtype: 'F32', bytes: one.bytes * 2}))},
  },
  blocker('IMP-12', 'quantised weights', /quantised with gptq/, {
    config: {quantization_config: {quant_method: 'gptq'}},
    tensors: (all) =>
      all.map((one) =>
        one.name.endsWith('proj.weight')
          ? {...one, name: one.name.replace('.weight', '.qweight'), dtype: 'I32', bytes: one.bytes * 2}
          : one,
      ),
  }),
  blocker('IMP-12', 'a note of quantisation that is stale', /they are not/, {
    config: {quantization_config: {quant_method: 'bitsandbytes'}},
  }),
  blocker('IMP-14', 'no tokenizer_config.json', /no tokenizer_config\.json/, {
    files: {'tokenizer_config.json': undefined},
  }),
  blocker('IMP-14', 'no tokenizer', /no tokenizer\.json/, {files: {'tokenizer.json': undefined}}),
  blocker('IMP-14', 'a tokenizer that is no JSON', /tokenizer\.json is no JSON/, {files: {'tokenizer.json': '{'}}),
  blocker('IMP-15', 'an embedding with other rows', /64 rows, config\.json makes it 60/, {config: {vocab_size: 60}}),
  blocker('IMP-15', 'an embedding of another width', /16 wide, config\.json says 32/, {config: {hidden_size: 32}}),
  blocker('IMP-15', 'a tokenizer with more tokens than rows', /has 66 tokens, the model has 64/, {
    tokenizer: {added_tokens: [{id: 65, content: '<x>'}]},
  }),
  warning('IMP-16', 'no chat template', /no chat template/, {tokenizerConfig: {chat_template: undefined}}),
  blocker(
    'IMP-16',
    'no chat template where Converse is wanted',
    /no chat template/,
    {tokenizerConfig: {chat_template: undefined}},
    {converse: true},
  ),
  blocker(
    'IMP-16',
    'a family that never answers Converse',
    /do not answer Converse/,
    {config: {architectures: ['Qwen3MoeForCausalLM'], model_type: 'qwen3_moe'}},
    {converse: true},
  ),
  warning('IMP-16', 'a chat template of blanks', /no chat template/, {
    tokenizerConfig: {chat_template: undefined},
    files: {'chat_template.jinja': ' \n'},
  }),
  warning('IMP-16', 'two chat templates', /another than/, {files: {'chat_template.jinja': '{{ messages }}'}}),
  blocker('IMP-17', 'weights of an adapter', /weight of an adapter/, {
    tensors: (all) => [
      ...all,
      {name: 'model.layers.1.self_attn.q_proj.lora_A.weight', dtype: 'BF16', shape: [2, 16], bytes: 64, shard: 2},
    ],
  }),
  blocker('IMP-17', 'an adapter alone', /adapter of meta-llama\/Llama-3\.1-8B/, {
    files: {
      ...only('adapter_model.safetensors'),
      'adapter_model.safetensors': second,
      'adapter_config.json': '{"base_model_name_or_path": "meta-llama/Llama-3.1-8B"}',
    },
  }),
  warning('IMP-17', 'an adapter beside the model', /not applied/, {
    files: {'adapter_config.json': '{"r": 8}', 'adapter_model.safetensors': second},
  }),
  warning('IMP-18', 'a raw checkpoint below', /metal\//, {files: {'metal/model.bin': 'raw'}}),
  warning('IMP-19', 'files of a later transformers', /5\.0\.0/, {config: {transformers_version: '5.0.0'}}),
  warning('IMP-20', 'code of its own', /auto_map/, {
    config: {auto_map: {AutoModelForCausalLM: 'modeling_own.OwnModel'}},
  }),
  warning('IMP-21', 'rope scaling that is replaced', /factor 32 becomes 8/, {
    config: {
      rope_scaling: {
        rope_type: 'llama3',
        factor: 32,
        low_freq_factor: 1,
        high_freq_factor: 4,
        original_max_position_embeddings: 8192,
      },
    },
  }),
  warning('IMP-21', 'rope scaling of a kind that is not documented', /type yarn/, {
    config: {rope_scaling: {rope_type: 'yarn', factor: 4}},
  }),
  warning('IMP-22', 'more positions than the limit', /262,144/, {config: {max_position_embeddings: 262_144}}),
  blocker('IMP-23', 'a Region without imports', /eu-west-1 does not import/, {}, {region: 'eu-west-1'}),
  blocker('IMP-35', 'a config.json nested too deeply', /nested deeper/, {
    files: {'config.json': `{"a":${'['.repeat(500)}${']'.repeat(500)}}`},
  }),
  blocker('IMP-35', 'a header nested too deeply', /nested deeper/, {
    header: firstOnly((text) => `{"a":${'['.repeat(500)}${']'.repeat(500)},${text.slice(1)}`),
  }),
  blocker('IMP-35', 'a header that is no JSON', /no JSON/, {header: firstOnly((text) => `${text.slice(0, -1)},`)}),
  blocker('IMP-35', 'a config.json of two megabytes', /no model has more/, {
    files: {'config.json': (before) => Buffer.concat([before, Buffer.alloc(2 ** 21, ' ')])},
  }),
  blocker('IMP-36', 'a tensor twice in a header', /“model\.embed_tokens\.weight” twice/, {
    header: firstOnly((text) => text.replace(ENTRY, (entry) => `${entry},${entry}`)),
  }),
  blocker('IMP-36', 'a tensor in two shards', /is in model-00001-of-00002\.safetensors and in/, {
    tensors: (all) => [
      ...all,
      ...all.filter(({name}) => name === 'model.layers.0.input_layernorm.weight').map((one) => ({...one, shard: 2})),
    ],
  }),
  blocker('IMP-36', 'a tensor twice in the index', /The index has model\.norm\.weight twice/, {
    files: {
      [INDEX]: (before) =>
        before.toString().replace('"weight_map": {', `"weight_map": {"model.norm.weight": "${SECOND}",`),
    },
  }),
  blocker('IMP-37', 'a path out of the folder', /leads out of the folder/, {
    index: (index) => ({...index, weight_map: {...index.weight_map, 'model.norm.weight': '../../etc/passwd'}}),
  }),
  blocker('IMP-37', 'an absolute path', /another folder/, {
    index: (index) => ({...index, weight_map: {...index.weight_map, 'model.norm.weight': '/etc/passwd'}}),
  }),
  blocker('IMP-39', 'a shard without bytes', /no bytes/, {files: {[FIRST]: Buffer.alloc(0)}}),
  blocker('IMP-39', 'a vocabulary without bytes', /vocab\.json has no bytes/, {files: {'vocab.json': ''}}),
  blocker('IMP-39', 'a tokenizer without bytes', /tokenizer\.json has no bytes/, {files: {'tokenizer.json': ''}}),
  blocker('IMP-40', 'big-endian weights', /big-endian/, {
    files: {[FIRST]: (before) => withHeaderLength(before, before.readBigUInt64LE(), 'big')},
  }),
  blocker('IMP-42', 'a layer that is missing', /there is no 1/, {
    tensors: (all) => all.filter(({name}) => !name.startsWith('model.layers.1.')),
  }),
  blocker('IMP-42', 'a tensor of a layer that is missing', /no model\.layers\.0\.mlp\.up_proj\.weight/, {
    tensors: (all) => all.filter(({name}) => name !== 'model.layers.0.mlp.up_proj.weight'),
  }),
  blocker('IMP-42', 'no norm behind the last layer', /no model\.norm\.weight/, {
    tensors: (all) => all.filter(({name}) => name !== 'model.norm.weight'),
  }),
  blocker('IMP-42', 'a thousand million layers', /1,000,000,000 layers/, {config: {num_hidden_layers: 1e9}}),
  blocker('IMP-42', 'two and a half layers', /2\.5 layers/, {config: {num_hidden_layers: 2.5}}),
  blocker('IMP-42', 'more layers than config.json has', /has 1 layers/, {config: {num_hidden_layers: 1}}),
  blocker('IMP-42', 'no output layer', /no lm_head\.weight/, {
    tensors: (all) => all.filter(({name}) => name !== 'lm_head.weight'),
  }),
  blocker('IMP-42', 'names with the prefix of a compiler', /_orig_mod\./, {
    tensors: (all) => all.map((one) => ({...one, name: `_orig_mod.${one.name}`})),
  }),
  blocker('IMP-42', 'a config.json of another size', /is 32×16, by config\.json it has 64×16/, {
    config: {intermediate_size: 64},
  }),
  blocker(
    'IMP-43',
    'GPT-OSS with too few end tokens',
    /lacks 199999, 200012/,
    {config: GPT_OSS, files: {'generation_config.json': '{"eos_token_id": [200002]}'}},
    {region: 'us-east-1'},
  ),
  blocker('IMP-44', 'an index with a tensor in the wrong shard', /model\.norm\.weight in files that do not hold it/, {
    index: (index) => ({...index, weight_map: {...index.weight_map, 'model.norm.weight': FIRST}}),
  }),
  warning('IMP-44', 'an index without one of the tensors', /does not have model\.norm\.weight/, {
    index: ({metadata, weight_map}) => ({
      metadata,
      weight_map: Object.fromEntries(Object.entries(weight_map).filter(([name]) => name !== 'model.norm.weight')),
    }),
  }),
  warning('IMP-45', 'an index of another size', /total_size is 7/, {
    index: (index) => ({...index, metadata: {total_size: 7}}),
  }),
  warning('IMP-46', 'a tokenizer class of transformers 5', /TokenizersBackend/, {
    tokenizerConfig: {tokenizer_class: 'TokenizersBackend'},
  }),
  blocker('IMP-50', 'a model that is packed', /packed in model\.tar\.gz/, {files: only('model.tar.gz')}),
]

/** A single file in place of shards and index is a valid model too. */
export const SINGLE_FILE: TinyModelOptions = {
  tensors: (all) => all.map((one) => ({...one, shard: 1})),
  files: {
    [INDEX]: undefined,
    'model-00001-of-00001.safetensors': undefined,
    'model.safetensors': single(),
  },
}

function single(): Buffer {
  let tensors: Parameters<typeof safetensors>[0] = []
  tinyModel({
    tensors: (all) => {
      tensors = all
      return all
    },
  })
  return safetensors(tensors)
}
