/** A place in a document, as in `reads["bedrock:guardrails"][0].value[2].arn`. */
export function formatPath(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) => {
      if (typeof part === 'number') return `[${part}]`
      return /^[A-Za-z]\w*$/.test(String(part)) ? `.${String(part)}` : `[${JSON.stringify(String(part))}]`
    })
    .join('')
  return text === '' ? 'the document' : text.replace(/^\./, '')
}
