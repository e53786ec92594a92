import type {ChecksumAlgorithm, ChecksumType} from '@aws-sdk/client-s3'
import {type KnownChecksum, knownChecksum} from '../../digests/checksums.js'
import type {ObjectChecksums, StoredObject} from '../../world/objects/stored-object.js'

/** Members of an answer that carry checksums. */
type ChecksumMembers = {[Name in KnownChecksum as `Checksum${Name}`]?: string} & {ChecksumType?: ChecksumType}

/** Checksums of a part, or of a whole object that has no parts. */
export function checksumMembers(values: ObjectChecksums['values']): ChecksumMembers {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`Checksum${name}`, value]))
}

/** Checksums of an object as its readers see them: a checksum of checksums says of how many parts. */
export function describeChecksums({checksums, parts}: Pick<StoredObject, 'checksums' | 'parts'>): ChecksumMembers {
  if (!checksums) return {}
  const {type, values} = checksums
  const suffix = type === 'COMPOSITE' ? `-${parts?.length ?? 1}` : ''
  const shown = Object.entries(values).map(([name, value]) => [name, `${value}${suffix}`])
  return {...checksumMembers(Object.fromEntries(shown)), ChecksumType: type}
}

/** Names of the algorithms that an object or a part has a checksum of. */
export const algorithmsOf = (values: ObjectChecksums['values']): KnownChecksum[] =>
  Object.keys(values).flatMap((name) => knownChecksum(name) ?? [])

/** How lists show what an object's checksums are. */
export function listedChecksums({checksums}: Pick<StoredObject, 'checksums'>): {
  ChecksumAlgorithm?: ChecksumAlgorithm[]
  ChecksumType?: ChecksumType
} {
  return checksums ? {ChecksumAlgorithm: algorithmsOf(checksums.values), ChecksumType: checksums.type} : {}
}
