/** What a file begins with, and what it then is. https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md for the first. */
const BEGINNINGS: readonly {readonly bytes: Buffer; readonly is: string}[] = [
  {bytes: Buffer.from('GGUF'), is: 'GGUF'},
  {bytes: Buffer.from('ggml'), is: 'GGML'},
  {bytes: Buffer.from('ggjt'), is: 'GGML'},
  {bytes: Buffer.from([0x50, 0x4b, 0x03, 0x04]), is: 'a zip archive, as torch.save writes it'},
  {bytes: Buffer.from([0x80, 0x02]), is: 'a Python pickle, as torch.save wrote it'},
  {bytes: Buffer.from([0x80, 0x04]), is: 'a Python pickle'},
  {bytes: Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]), is: 'HDF5'},
  {bytes: Buffer.from([0x1f, 0x8b]), is: 'gzip'},
  {bytes: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), is: 'zstd'},
]
const HTML = /^\s*<(?:!doctype html|html)/i
const POINTER = 'version https://git-lfs.github.com/spec/'
/** A pointer is smaller by its specification. */
export const POINTER_BYTES = 1024
const HEAD_BYTES = 64

/** What a file is by its first bytes, when it is something that weights are mistaken for; undefined for all else. */
export function foreignKind(first: Buffer): string | undefined {
  const known = BEGINNINGS.find(({bytes}) => first.subarray(0, bytes.length).equals(bytes))
  if (known) return known.is
  return HTML.test(first.toString('latin1', 0, HEAD_BYTES))
    ? 'a web page, as a download that failed leaves it'
    : undefined
}

/** The bytes that a Git LFS (or Xet) pointer stands for; undefined when it is none. */
export function pointedBytes(first: Buffer): number | undefined {
  const text = first.toString('latin1', 0, POINTER_BYTES)
  if (!text.startsWith(POINTER)) return undefined
  return Number(/^size (\d+)$/m.exec(text)?.[1] ?? 0)
}

const ARCHIVED: readonly (string | undefined)[] = ['GLACIER', 'DEEP_ARCHIVE']

/** Whether objects of a storage class must be restored before anything can read them. */
export function isArchived(storageClass: string | undefined): boolean {
  return ARCHIVED.includes(storageClass)
}
