import {INDEX} from '../read/model-reading.js'
import {isMembers} from '../read/weight-map.js'
import {type CheckContext, fails, faultsOf, type ImportCheck, type Judged, notLooked, unseen} from './check.js'
import {few, shortName} from './config-values.js'
import {isAdapter, noFolder} from './file-checks.js'

const AGAIN = 'Download or copy the file again, and compare its size.'
const REWRITE = 'Save the model again with save_pretrained, which writes shards and index together.'
const NUMBERED = /^(.*)-(\d+)-of-(\d+)\.safetensors$/

export const WEIGHT_FILE_CHECKS: readonly ImportCheck[] = [
  {
    id: 'IMP-04',
    title: 'the index has the metadata that the service wants',
    severity: 'blocker',
    why: 'The index must have a member metadata, and in it nothing but total_size: total_parameters is not supported (AWS ML blog, 24 November 2025).',
    *judge(context) {
      const {model} = context
      const aside = unseen(context, INDEX, 'IMP-04')
      if (aside) return yield aside
      const document = model.document(INDEX)
      if (document.state === 'absent') return yield notLooked('There is no index.')
      if (document.state === 'faulty') return yield* faultsOf(context, 'IMP-04', REWRITE)
      const index = model.members(INDEX)
      if (index === undefined) return yield fails(`${INDEX} is no object.`, {file: INDEX, fix: REWRITE})
      yield* metadataFaults(index)
      if (model.weightMap === undefined) {
        yield fails('weight_map is missing, empty, or names something else than files.', {file: INDEX, fix: REWRITE})
      }
    },
  },
  {
    id: 'IMP-05',
    title: 'every file of the index is there',
    severity: 'blocker',
    why: 'The service loads the files that the index names.',
    *judge(context) {
      const {model} = context
      const aside = noFolder(context) ?? unseen(context, INDEX, 'IMP-05')
      if (aside) return yield aside
      yield* faultsOf(context, 'IMP-05', 'Upload or download it again.')
      if (model.document(INDEX).state !== 'absent') return
      const own = model.shards.map(({path}) => path).filter((path) => !isAdapter(path))
      if (own.length > 1) {
        yield fails(`There are ${own.length} files of weights and no ${INDEX}.`, {file: INDEX, fix: REWRITE})
      } else if (own.length === 1 && own[0] !== 'model.safetensors') {
        yield fails(`The weights are in ${own[0]}; without an index model.safetensors is looked for.`, {
          file: own[0],
          fix: 'Name it model.safetensors.',
        })
      }
    },
  },
  fault(
    'IMP-06',
    'the length of every header is possible',
    'A safetensors file begins with the length of its header.',
    AGAIN,
  ),
  fault(
    'IMP-07',
    'tensors cover every file exactly',
    'Bytes that are missing, or belong to no tensor, mean a file that is not whole.',
    AGAIN,
  ),
  {
    id: 'IMP-08',
    title: 'shards are numbered without a gap',
    severity: 'blocker',
    why: 'transformers names shards model-00001-of-0000N.safetensors; a gap is a file that was lost.',
    *judge({model}) {
      if (model.weightMap === undefined) return yield notLooked('There is no index that names shards.')
      yield* numberingFaults(model.shards.map(({path}) => path))
    },
  },
  {
    id: 'IMP-09',
    title: 'no weights lie beside those of the index',
    severity: 'warning',
    why: 'Files that the index does not name count for the size limit and may be imported with the rest: AWS does not say.',
    *judge({model}) {
      const {weightMap} = model
      if (weightMap === undefined) return yield notLooked('There is no index that names files.')
      const named = new Set(weightMap.values())
      const names = model.listing.files.map(({path}) => path)
      const orphans = names.filter(
        (path) => !path.includes('/') && path.endsWith('.safetensors') && !named.has(path) && !isAdapter(path),
      )
      for (const file of orphans)
        yield fails(`The index does not name ${file}.`, {file, fix: 'Leave it out of the upload.'})
    },
  },
  {
    id: 'IMP-35',
    title: 'JSON keeps within bounds',
    severity: 'blocker',
    why: 'Files that are nested deeply, or are longer than any model has them, are broken or made to break readers.',
    *judge(context) {
      yield* faultsOf(context, 'IMP-35', 'Save the model again with save_pretrained.')
      for (const path of ['config.json', 'tokenizer_config.json', 'generation_config.json'] as const) {
        const document = context.model.document(path)
        if (document.state !== 'read' || document.repeated.length === 0) continue
        const said = `${path} has ${few(document.repeated)} twice in one object; the last one counts for some readers, the first for others.`
        yield fails(said, {severity: 'warning', file: path, fix: 'Keep one of them.'})
      }
    },
  },
  {
    id: 'IMP-36',
    title: 'every tensor is there once',
    severity: 'blocker',
    why: 'Readers keep one of two tensors of a name, without a word.',
    *judge(context) {
      yield* faultsOf(context, 'IMP-36', REWRITE)
      const document = context.model.document(INDEX)
      if (document.state === 'read' && document.repeated.length > 0) {
        yield fails(`The index has ${few(document.repeated)} twice.`, {file: INDEX, fix: REWRITE})
      }
      const first = new Map<string, string>()
      for (const {file, name} of context.tensors) {
        const other = first.get(name)
        if (other !== undefined && other !== file) {
          yield fails(`“${shortName(name)}” is in ${other} and in ${file}.`, {file, tensor: name, fix: REWRITE})
        }
        first.set(name, file)
      }
    },
  },
  fault(
    'IMP-37',
    'the index names files of the folder',
    'A name with a path in it leads to files that are not part of the model.',
    REWRITE,
  ),
  fault(
    'IMP-40',
    'weights are little-endian',
    'safetensors are little-endian by definition; the weights of such a file are too large or too small by powers of two.',
    'Save the model again on a little-endian machine.',
  ),
  {
    id: 'IMP-44',
    title: 'index and headers name the same tensors',
    severity: 'blocker',
    why: 'A tensor that is not in the file where the index has it cannot be loaded.',
    *judge(context) {
      yield* mappedFaults(context)
    },
  },
  {
    id: 'IMP-45',
    title: 'total_size of the index is that of the weights',
    severity: 'warning',
    why: 'Another size is that of an index that was made for other weights.',
    *judge({model, partial, tensors}) {
      const metadata = model.members(INDEX)?.['metadata']
      const total = isMembers(metadata) ? metadata['total_size'] : undefined
      if (total === undefined) return yield notLooked('The index has no total_size.')
      if (partial) return yield partial
      const sum = tensors.reduce((bytes, tensor) => bytes + tensor.bytes, 0)
      if (total === sum) return
      // Tied weights are counted once or twice.
      const isTied =
        typeof total === 'number' &&
        tensors.some(({bytes, name}) => /embed|lm_head|shared|wte/.test(name) && Math.abs(total - sum) === bytes)
      if (!isTied)
        yield fails(`total_size is ${String(total).slice(0, 40)}, the weights have ${sum} bytes.`, {
          file: INDEX,
          fix: `Write {"metadata":{"total_size":${sum}}}.`,
        })
    },
  },
]

function fault(id: string, title: string, why: string, fix: string): ImportCheck {
  return {id, title, severity: 'blocker', why, judge: (context) => faultsOf(context, id, fix)}
}

function* metadataFaults(index: Readonly<Record<string, unknown>>): Iterable<Judged> {
  const metadata = index['metadata']
  const fix = 'Write "metadata": {"total_size": N}, or {}.'
  if (!isMembers(metadata)) {
    yield fails(metadata === undefined ? 'The index has no metadata.' : 'metadata of the index is no object.', {
      file: INDEX,
      fix,
    })
    return
  }
  const others = Object.keys(metadata).filter((key) => key !== 'total_size')
  if (others.length > 0)
    yield fails(`metadata of the index has ${few(others)}, which must be removed.`, {file: INDEX, fix})
}

function* numberingFaults(names: readonly string[]): Iterable<Judged> {
  const numbered = names.flatMap((name) => {
    const [, stem, number = '', of = ''] = NUMBERED.exec(name) ?? []
    return stem === undefined ? [] : [{name, number, of}]
  })
  if (numbered.length === 0) return
  const fix = REWRITE
  const single = names.find((name) => name === 'model.safetensors')
  if (single !== undefined)
    yield fails(`The index names ${single} and ${numbered.length} numbered files.`, {file: INDEX, fix})
  const counts = new Set(numbered.map(({of}) => of))
  const [count = ''] = counts
  if (counts.size > 1) {
    yield fails(`Shards are said to be ${few([...counts].map((of) => `of ${of}`))}.`, {file: INDEX, fix})
    return
  }
  const have = new Set(numbered.map(({number}) => Number(number)))
  if (Number(count) > 100_000 || numbered.some(({number}) => number.length !== count.length)) {
    yield fails(`Shards are not numbered as transformers numbers them: ${few(numbered.map(({name}) => name))}.`, {
      file: INDEX,
      fix,
    })
    return
  }
  const lacking = Array.from({length: Number(count)}, (_, index) => index + 1).filter((number) => !have.has(number))
  if (lacking.length > 0) {
    yield fails(`The index names no shard ${few(lacking.map(String))} of ${Number(count)}.`, {file: INDEX, fix})
  }
}

function* mappedFaults({model, tensors}: CheckContext): Iterable<Judged> {
  const {weightMap, shards} = model
  if (weightMap === undefined) return yield notLooked('There is no index that names tensors.')
  const read = new Set(shards.filter((shard) => shard.tensors !== undefined).map(({path}) => path))
  const present = new Set(tensors.map(({file, name}) => `${file} ${name}`))
  const lacking = [...weightMap].filter(([name, file]) => read.has(file) && !present.has(`${file} ${name}`))
  if (lacking.length > 0) {
    const [[tensor, file] = ['', '']] = lacking
    const said = `The index has ${few(lacking.map(([name]) => name))} in files that do not hold ${lacking.length === 1 ? 'it' : 'them'}.`
    yield fails(said, {file, tensor, fix: REWRITE})
  }
  const extra = tensors.filter(({name}) => !weightMap.has(name))
  if (extra.length > 0) {
    const said = `The index does not have ${few(extra.map(({name}) => name))}.`
    yield fails(said, {severity: 'warning', file: extra[0]?.file, tensor: extra[0]?.name, fix: REWRITE})
  }
}
