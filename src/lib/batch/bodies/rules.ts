import {itemRemoval, memberRemoval} from '../../jsonl/tape-edits.js'
import {type AnyShape, anything, checked, integer, type NumberShape, plain, type TextShape} from './shape.js'
import type {Walk} from './walk.js'

/** Catalogs say 8K for 8,192. */
const K = 1.024

/** A member that the service does not take in a record, and without which the record asks for something else. */
export function impossible(why: string): AnyShape {
  return checked(anything, (walk) => walk.problem('MEMBER_REFUSED', 'error', why))
}

/** A member that the service does not take in a record; its answer is the same without. */
export function refused(why: string): AnyShape {
  return checked(anything, (walk, node) => {
    const edit = memberRemoval(walk.tape, walk.holder, node - 1)
    walk.problem('MEMBER_REFUSED', 'error', `${why}: leave it out.`, {edit})
  })
}

/** A member that batch takes no notice of. */
export function idle(why: string): AnyShape {
  return checked(anything, (walk, node) => {
    const edit = memberRemoval(walk.tape, walk.holder, node - 1)
    walk.problem('NO_EFFECT_IN_BATCH', 'warning', `${why}: leave it out.`, {edit})
  })
}

/** A member that may do something else than what is hoped for. */
export function doubtful(code: string, text: string): AnyShape {
  return checked(anything, (walk) => walk.problem(code, 'warning', text))
}

export const CACHE_WHY = 'Prompts are not cached in batch, and a mark for the cache may be refused'

/** An item that is a mark for the cache and nothing else: taken out of its list. */
export function cacheItem(walk: Walk, list: number, item: number): void {
  const edit = itemRemoval(walk.tape, list, item)
  walk.problem('NO_EFFECT_IN_BATCH', 'warning', `${CACHE_WHY}: leave the block out.`, {edit})
}

/** The limit on output tokens; `severity` is that of a limit above the model's own. */
export function maxTokens(severity: 'error' | 'warning'): NumberShape {
  return integer(1, Number.POSITIVE_INFINITY, {
    check: (walk, node) => {
      const value = walk.tape.number(node)
      const most = walk.facts.maxOutputTokens
      walk.maxOutputTokens = value
      if (most === undefined || value <= most * K) return
      walk.problem(
        'MAX_TOKENS_ABOVE_MODEL',
        severity,
        `The model writes at most about ${most} tokens: lower the limit.`,
      )
    },
  })
}

/** Where a body sets no limit, though it need not. */
export function tellNoMaxTokens(walk: Walk, member: string, why: string): void {
  if (walk.maxOutputTokens !== undefined) return
  walk.problem('MAX_TOKENS_MISSING', 'warning', `${why}: set ${member}.`, {member})
}

export const NO_BOUND = 'Without a limit on output tokens the price has no bound'

export const stopSequence: TextShape = plain({
  check: (walk, node) => {
    if (walk.tape.characters(node) <= 8 && walk.tape.text(node).trim() === '') {
      walk.problem('STOP_BLANK', 'error', 'A stop sequence that is blank is refused: leave it out.')
    }
  },
})

/** Where media lie; they count, as the job must then name a folder. */
export const s3Uri: TextShape = plain({
  check: (walk, node) => {
    walk.s3Media += 1
    if (/^s3:\/\/[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]\/.+$/.test(walk.tape.text(node))) return
    walk.problem('S3_URI_INVALID', 'error', 'This is no S3 URI of an object: write s3://bucket/key.')
  },
})
