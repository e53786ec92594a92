const TOKEN =
  /\s*(\d*\.?\d+(?:[eE]-?\d+)?|[a-z][a-zA-Z0-9_]*|[A-Z][A-Z_]*|"[^"]*"|'[^']*'|<=|>=|==|!=|&&|\|\||[-+*/^(),[\]<>])/gy

/** The words of an expression; `undefined` where it has something that is none. */
export function tokensOf(expression: string): readonly string[] | undefined {
  const found = [...expression.matchAll(TOKEN)]
  const read = found.reduce((length, [text]) => length + text.length, 0)
  return read === expression.trimEnd().length ? found.map((match) => match[1] ?? '') : undefined
}
