import {isArchived} from '../read/file-kind.js'
import {isMembers} from '../read/weight-map.js'
import {type CheckContext, fails, faultsOf, type ImportCheck, type Judged, notLooked} from './check.js'
import {few} from './config-values.js'

const FOREIGN = /\.(?:bin|pt|pth|ckpt|h5|msgpack|onnx|gguf|ggml|safetensors\.index\.fp16\.json)$/i
const ARCHIVE = /\.(?:tar|tar\.gz|tgz|zip|tar\.zst)$/i
/** Left behind by training, and no weights. */
const DEBRIS = /^(?:training_args\.bin|optimizer\.(?:bin|pt)|scheduler\.pt|rng_state.*\.pth|scaler\.pt)$/i
const LEFT_OUT = /^(?:metal|original|onnx|runs|logs|\.git|\.cache|checkpoint-\d+)$/
const WEIGHTS = /\.(?:safetensors|bin|pt|pth|gguf)$/i

const UNPACK =
  'Unpack it into a folder of its own: bedrockctl imports create --from-sagemaker-job does it for training jobs.'

/** Files that lie in the folder itself. */
function rootFiles({model}: CheckContext): readonly string[] {
  return model.listing.files.map(({path}) => path).filter((path) => !path.includes('/'))
}

/** An archive, and nothing of a model beside it: one thing is wrong, not all that it lacks. */
export function onlyArchive(context: CheckContext): boolean {
  const names = rootFiles(context)
  const isModel = context.model.file('config.json') !== undefined || names.some((name) => name.endsWith('.safetensors'))
  return (
    !isModel &&
    (names.some((name) => ARCHIVE.test(name)) ||
      (context.model.listing.isObject === true && ARCHIVE.test(context.model.name)))
  )
}

/** What is no folder of a model at all, as IMP-41, IMP-50 or IMP-17 tells. */
export function noFolder(context: CheckContext): Judged | undefined {
  if (onlyArchive(context)) return notLooked('not looked at: IMP-50')
  const {files, isObject, odd} = context.model.listing
  if (context.model.kind === 's3' && (isObject === true || (files.length === 0 && odd.length === 0))) {
    return notLooked('not looked at: IMP-41')
  }
  return onlyAdapter(context) ? notLooked('not looked at: IMP-17') : undefined
}

/** A LoRA adapter by itself. */
export function onlyAdapter(context: CheckContext): boolean {
  const {model} = context
  const weights = rootFiles(context).filter((name) => name.endsWith('.safetensors'))
  const hasAdapter = model.document('adapter_config.json').state !== 'absent' || weights.some(isAdapter)
  return hasAdapter && weights.every(isAdapter)
}

export function isAdapter(name: string): boolean {
  return /^adapter_model.*\.safetensors$/.test(name)
}

export const FILE_CHECKS: readonly ImportCheck[] = [
  {
    id: 'IMP-01',
    title: 'config.json is there and can be read',
    severity: 'blocker',
    why: 'The job looks for <prefix>/config.json first and fails without it.',
    *judge(context) {
      const {model} = context
      const document = model.document('config.json')
      const aside = noFolder(context)
      if (aside) yield aside
      else if (document.state === 'unread')
        yield {verdict: 'unknown', said: `config.json could not be read: ${document.reason}`}
      else if (document.state === 'absent') yield absentConfig(context)
      else if (document.state === 'read' && !isMembers(document.value)) {
        yield fails('config.json is no object.', {
          file: 'config.json',
          fix: 'Save the model again with save_pretrained.',
        })
      } else if (document.state === 'faulty' && document.fault.check !== 'IMP-01') {
        yield notLooked(`not looked at: ${document.fault.check}`)
      } else
        yield* faultsOf(
          context,
          'IMP-01',
          'Save the model again with save_pretrained, or take config.json from the base model.',
        )
    },
  },
  {
    id: 'IMP-03',
    title: 'weights are safetensors and nothing else',
    severity: 'blocker',
    why: 'Custom Model Import reads safetensors only; weights in other formats beside them are copied for nothing.',
    *judge(context) {
      const names = rootFiles(context)
      const foreign = names.filter((name) => FOREIGN.test(name) && !DEBRIS.test(name))
      const safe = names.filter((name) => name.endsWith('.safetensors'))
      const aside = noFolder(context)
      if (aside) return yield aside
      if (safe.length === 0 && context.model.weightMap === undefined) {
        const odd = context.model.listing.odd.find(({path}) => path.endsWith('.safetensors'))
        if (odd) return yield notLooked('not looked at: IMP-38')
        yield foreign.length > 0
          ? fails(`There are no safetensors, but ${few(foreign)}.`, {
              file: foreign[0],
              fix: 'Load it with transformers and save it with save_pretrained(safe_serialization=True).',
            })
          : fails('There are no weights in the folder.', {fix: 'Name the folder with config.json and *.safetensors.'})
      } else if (foreign.length > 0) {
        yield fails(`Beside the safetensors lie ${few(foreign)}.`, {
          severity: 'warning',
          file: foreign[0],
          fix: 'Leave them out of the upload.',
        })
      }
      yield* faultsOf(
        context,
        'IMP-03',
        'Save the model again with save_pretrained(safe_serialization=True), or download the file again.',
      )
    },
  },
  faultCheck(
    'IMP-10',
    'no file is a Git LFS pointer',
    'A pointer has the digest of a file in place of its bytes.',
    'git lfs pull, or hf download MODEL --local-dir FOLDER',
  ),
  {
    id: 'IMP-18',
    title: 'no folder lies below that is no part of the model',
    severity: 'warning',
    why: 'Raw checkpoints such as metal/ and original/ must be left out before the upload (AWS ML blog, 24 November 2025).',
    *judge({model}) {
      const nested = model.listing.files.filter(({path}) => path.includes('/'))
      const folders = new Set([
        ...model.listing.unseen,
        ...nested.filter(({path}) => isLeftOut(path)).map(({path}) => path.slice(0, path.indexOf('/'))),
      ])
      for (const folder of [...folders].sort()) {
        yield fails(`${folder}/ is no part of what is imported.`, {
          file: folder,
          fix: `Leave ${folder}/ out of the upload.`,
        })
      }
    },
  },
  {
    id: 'IMP-38',
    title: 'no link leads out of the folder, and all are files',
    severity: 'blocker',
    why: 'What a link outside the folder names is not part of the model, and may be anything.',
    *judge({model}) {
      if (model.kind === 's3') return yield notLooked('S3 has no links.')
      for (const {kind, path, target} of model.listing.odd) {
        const hub = target?.includes('blobs/') === true
        const isNeeded = kind !== 'unnameable'
        yield fails(oddWords(kind, path, target), {
          severity: isNeeded ? 'blocker' : 'warning',
          file: path,
          fix: !isNeeded
            ? 'Rename it, or leave it out of the upload.'
            : hub
              ? 'hf download MODEL --local-dir FOLDER puts files there instead of links.'
              : 'Put the file itself there.',
        })
      }
    },
  },
  faultCheck(
    'IMP-39',
    'no file is empty',
    'A file without bytes is a copy that did not come to its end.',
    'Copy or download it again.',
  ),
  {
    id: 'IMP-41',
    title: 'the S3 address is one that an import takes',
    severity: 'blocker',
    why: "modelDataSource takes a prefix of letters, digits and -!_*'(). that holds the files.",
    *judge(context) {
      const {listing, kind, name} = context.model
      if (kind === 'local') return yield notLooked('The model is not in S3 yet.')
      for (const said of context.addressProblems)
        yield fails(said, {fix: 'Copy the files to a prefix without such characters.'})
      if (onlyArchive(context)) return
      if (listing.isObject === true)
        yield fails(`${name} is an object, not a prefix.`, {fix: 'Name the prefix above it.'})
      else if (listing.files.length === 0)
        yield fails(`Nothing lies below ${name}.`, {fix: 'Check bucket and prefix: aws s3 ls shows what there is.'})
      else if (listing.neighbour !== undefined) {
        yield fails(`${name} also names ${listing.neighbour}, for it does not end with a slash.`, {
          severity: 'warning',
          fix: `Write ${name}/`,
        })
      }
    },
  },
  {
    id: 'IMP-50',
    title: 'the model is not packed',
    severity: 'blocker',
    why: 'A model.tar.gz is no source of an import: the job looks for config.json below it.',
    *judge(context) {
      const archives = rootFiles(context).filter((name) => ARCHIVE.test(name))
      if (onlyArchive(context)) {
        const [file] = archives
        yield fails(`The model is packed in ${file ?? context.model.name}.`, {file, fix: UNPACK})
      } else if (archives.length > 0) {
        yield fails(`${few(archives)} lies beside the model.`, {
          severity: 'warning',
          file: archives[0],
          fix: 'Leave it out of the upload.',
        })
      }
    },
  },
  {
    id: 'IMP-51',
    title: 'every object can be read now',
    severity: 'blocker',
    why: 'Objects in an archive must be restored before anything can read them.',
    *judge({model}) {
      if (model.kind === 'local') return yield notLooked('The model is not in S3 yet.')
      for (const {path, storageClass} of model.listing.files) {
        if (isArchived(storageClass)) {
          yield fails(`${path} is in ${storageClass ?? 'an archive'}.`, {
            file: path,
            fix: `aws s3api restore-object brings it back.`,
          })
        }
      }
    },
  },
]

function faultCheck(id: string, title: string, why: string, fix: string): ImportCheck {
  return {id, title, severity: 'blocker', why, judge: (context) => faultsOf(context, id, fix)}
}

function isLeftOut(path: string): boolean {
  return LEFT_OUT.test(path.slice(0, path.indexOf('/'))) || WEIGHTS.test(path)
}

function absentConfig({model}: CheckContext): Judged {
  const deeper = model.listing.files.find(({path}) => path.endsWith('/config.json'))
  const folder = deeper?.path.slice(0, -'/config.json'.length)
  return fails(
    folder === undefined ? 'There is no config.json.' : `There is no config.json here; ${folder}/ has one.`,
    {
      file: 'config.json',
      fix:
        folder === undefined
          ? 'Save the model with save_pretrained, which writes it.'
          : `Name ${model.name.replace(/\/$/, '')}/${folder}`,
    },
  )
}

function oddWords(kind: string, path: string, target: string | undefined): string {
  const leads = target === undefined || target === '' ? '' : `, to ${target}`
  switch (kind) {
    case 'link-out':
      return `${path} is a link that leads out of the folder${leads}.`
    case 'link-dangling':
      return `${path} is a link to nothing${leads}.`
    case 'link-loop':
      return `${path} is a link that leads to itself.`
    case 'link-folder':
      return `${path} is a link to a folder${leads}, and is not followed.`
    case 'unnameable':
      return `The name of ${path} is not UTF-8.`
    default:
      return `${path} is no regular file.`
  }
}
