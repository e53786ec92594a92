import {createHash} from 'node:crypto'
import type {PlanShard} from '../../src/lib/batch/plan/plan.schema.js'

/** Records of a pile: as few as a job takes. */
export const RECORDS = 100

/** A hundred records of one shard, each with so many bytes of text. */
export function pileOf(shard: number, bytes: number): Buffer {
  const lines = Array.from({length: RECORDS}, (_, index) => {
    const text = 'x'.repeat(bytes)
    const modelInput = {messages: [{role: 'user', content: [{text}]}], inferenceConfig: {maxTokens: 20}}
    return `${JSON.stringify({recordId: `s${shard}r${index}`, modelInput})}\n`
  })
  return Buffer.from(lines.join(''))
}

/** Piles as shards of the input that they make up in a row. */
export function shardsOf(piles: readonly Buffer[]): readonly PlanShard[] {
  let start = 0
  return piles.map((pile, index) => {
    const segment = [start, start + pile.length] as const
    start += pile.length
    return {
      number: index + 1,
      records: RECORDS,
      bytes: pile.length,
      sha256: createHash('sha256').update(pile).digest('hex'),
      segments: [segment],
    }
  })
}
