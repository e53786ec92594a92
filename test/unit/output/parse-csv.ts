/** A strict RFC 4180 reader with line feeds; throws on anything the grammar does not allow. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = []
  let at = 0
  while (at < text.length) {
    const record: string[] = []
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at) : bare(text, at)
      record.push(field.value)
      at = field.end
      if (text[at] === ',') at += 1
      else break
    }
    if (text[at] !== '\n') throw new Error(`no end of record at ${at}`)
    at += 1
    records.push(record)
  }
  return records
}

function quoted(text: string, start: number) {
  const match = /"((?:[^"]|"")*)"/y
  match.lastIndex = start
  const found = match.exec(text)
  if (!found) throw new Error(`unclosed quote at ${start}`)
  return {value: (found[1] ?? '').replaceAll('""', '"'), end: match.lastIndex}
}

function bare(text: string, start: number) {
  const match = /[^",\r\n]*/y
  match.lastIndex = start
  return {value: match.exec(text)?.[0] ?? '', end: match.lastIndex}
}
