/** `T` with every member, at any depth, readonly. */
export type Immutable<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Immutable<Item>[]
    : T extends object
      ? {readonly [Key in keyof T]: Immutable<T[Key]>}
      : T
