import {access} from 'node:fs/promises'

/** The question before files are replaced; undefined where none of them is there. */
export async function replacingQuestion(files: readonly (string | undefined)[]): Promise<string | undefined> {
  const found = await Promise.all(
    files.map(async (file) =>
      file === undefined ||
      (await access(file).then(
        () => false,
        () => true,
      ))
        ? []
        : [file],
    ),
  )
  const names = found.flat()
  if (names.length === 0) return undefined
  return `${names.join(' and ')} ${names.length === 1 ? 'exists' : 'exist'} and would be replaced. Go on?`
}
