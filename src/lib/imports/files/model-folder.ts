/** A file of a model. */
export interface ModelFile {
  /** Below the folder, with forward slashes. */
  readonly path: string
  readonly bytes: number
  /** Of an object; undefined for a file of this machine, and where S3 names none. */
  readonly storageClass?: string | undefined
  /** When a file of this machine was last written. */
  readonly modifiedMs?: number | undefined
}

/** What lies in a folder and is no file that can be taken along. */
export interface OddEntry {
  readonly path: string
  readonly kind: 'link-out' | 'link-dangling' | 'link-loop' | 'link-folder' | 'special' | 'unnameable'
  /** Where a link leads, as it is written. */
  readonly target?: string | undefined
}

export interface ModelListing {
  /** In the order of their paths. */
  readonly files: readonly ModelFile[]
  readonly odd: readonly OddEntry[]
  /** Folders that were not looked into, by their paths. */
  readonly unseen: readonly string[]
  /** A key beside the folder that the prefix as typed names too: `m2/config.json` for `m`. */
  readonly neighbour?: string | undefined
  /** The address is that of an object, not of a folder. */
  readonly isObject?: true | undefined
}

/** A folder with a model: on this machine, or below a prefix of S3. Nothing is changed in it. */
export interface ModelFolder {
  /** As it was typed. */
  readonly name: string
  readonly kind: 'local' | 's3'
  list(signal?: AbortSignal): Promise<ModelListing>
  /** The bytes [start, end) of a listed file, or as many of them as it has. Failures come out as ours. */
  read(file: ModelFile, start: number, end: number, signal?: AbortSignal): Promise<Buffer>
}

/** More files than any model has: a folder with so many is another one than was meant. */
export const MOST_FILES = 20_000

/** Folders that hold nothing of a model, and often much else: they are named and not looked into. */
export const UNSEEN_FOLDERS: readonly string[] = ['.git', '.cache', 'node_modules', '__pycache__']
