/** What the name of a job says of its place in a group. */
export interface JobPlace {
  readonly group: string
  readonly round: number
  readonly shard: number
}

const NAME = /^(.+)-r([1-9]\d{0,3})-(\d{4,6})$/

/** The group, round and shard of a job that this program made; undefined for a job made elsewhere. */
export function placeOfJob(name: string): JobPlace | undefined {
  const [, group = '', round, shard] = NAME.exec(name) ?? []
  const number = Number(shard)
  return group === '' || number === 0 || Number.isNaN(number) ? undefined : {group, round: Number(round), shard: number}
}
