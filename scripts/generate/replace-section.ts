/** The text of a file with what stands between the markers of a section made anew. */
export function replaceSection(file: string, text: string, section: string, content: readonly string[]): string {
  const start = `<!-- made by npm run generate: ${section} -->`
  const end = `<!-- end: ${section} -->`
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error(`${file} lacks the markers of the section ${section}`)
  return `${before}${start}\n${content.join('\n')}\n${end}${after}`
}
