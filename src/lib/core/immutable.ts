/** `T` with every member, at any depth, readonly. */
export type Immutable<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends readonly (infer Item)[]
    ? number extends T['length']
      ? readonly Immutable<Item>[]
      : {readonly [Key in keyof T]: Immutable<T[Key]>}
    : T extends object
      ? {readonly [Key in keyof T]: Immutable<T[Key]>}
      : T
