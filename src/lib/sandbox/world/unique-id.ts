import {createHash} from 'node:crypto'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** `AROA…` and the like: four letters of the kind and seventeen that the name always gives. */
export function iamId(kind: 'AIDA' | 'AGPA' | 'AROA' | 'ANPA', account: string, name: string): string {
  const digest = createHash('sha256').update(`${kind}/${account}/${name}`).digest()
  return kind + [...digest.subarray(0, 17)].map((byte) => BASE32[byte % BASE32.length]).join('')
}

/** Hexadecimal digits that a name always gives, for ids of what the scenario does not name. */
export function hexId(name: string, length = 17): string {
  return createHash('sha256').update(name).digest('hex').slice(0, length)
}
