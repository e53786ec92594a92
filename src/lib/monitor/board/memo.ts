/** A pure function that keeps its last answer: it is asked again only when one of its inputs is another object. */
export function keepLast<Subject, Answer>(
  inputsOf: (subject: Subject) => readonly unknown[],
  answerOf: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  let last: {readonly inputs: readonly unknown[]; readonly answer: Answer} | undefined
  return (subject) => {
    const inputs = inputsOf(subject)
    if (last === undefined || !isSame(last.inputs, inputs)) last = {inputs, answer: answerOf(subject)}
    return last.answer
  }
}

/** One function a key, made when it is first wanted and gone with the key. */
export function perKey<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new WeakMap<Key, Made>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make(key)
    made.set(key, fresh)
    return fresh
  }
}

function isSame(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((one, index) => Object.is(one, after[index]))
}
