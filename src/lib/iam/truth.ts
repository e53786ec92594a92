/** Three-valued logic, ordered so that AND is the least and OR the greatest: no, not known, yes. */
export type Truth = 0 | 1 | 2
export const NO = 0
export const MAYBE = 1
export const YES = 2

export function not(truth: Truth): Truth {
  return truth === YES ? NO : truth === NO ? YES : MAYBE
}

export function least(one: Truth, other: Truth): Truth {
  return one < other ? one : other
}

export function greatest(one: Truth, other: Truth): Truth {
  return one > other ? one : other
}

export function truthOf(value: boolean): Truth {
  return value ? YES : NO
}

/** Yes or no when every alternative says so; an empty list says nothing. */
export function agreement(truths: Iterable<Truth>): Truth {
  let agreed: Truth | undefined
  for (const truth of truths) {
    if (agreed !== undefined && agreed !== truth) return MAYBE
    agreed = truth
  }
  return agreed ?? MAYBE
}
