import type {Caller} from './caller.js'
import {chance} from './chance.js'

export type TokenKind = 'input' | 'output' | 'cacheRead' | 'cacheWrite'

const SALT: Readonly<Record<TokenKind, number>> = {input: 11, output: 12, cacheRead: 13, cacheWrite: 14}

/** Tokens of a request on average: those of a minute are a little longer or shorter than those of others. */
export const requestTokens = ({seed, tokens}: Caller, minute: number, kind: TokenKind): number =>
  tokens[kind] * (0.94 + 0.12 * chance(seed, minute, SALT[kind]))
