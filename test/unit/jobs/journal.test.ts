import {appendFile, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {isTree} from '../../../src/lib/core/is-tree.js'
import {openJournal, type ReadEvent, readJournal} from '../../../src/lib/jobs/journal.js'

interface Happening {
  readonly text: string
}

const readHappening: ReadEvent<Happening> = (value) =>
  isTree(value) && typeof value['text'] === 'string' ? {event: {text: value['text']}} : {wrong: 'It has no text.'}

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'))
  file = join(folder, 'journal.jsonl')
})

afterEach(() => rm(folder, {recursive: true}))

describe('a journal', () => {
  test('holds what was appended, in order, for the owner alone', async () => {
    const journal = await openJournal(file, readHappening)
    await Promise.all(['one', 'two', 'three'].map((text) => journal.append({text})))
    await journal.append({text: 'four'})
    await journal.close()

    expect((await readJournal(file, readHappening)).map(({text}) => text)).toEqual(['one', 'two', 'three', 'four'])
    expect(journal.events).toEqual(await readJournal(file, readHappening))
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('that is not there has no events and is not made by reading', async () => {
    expect(await readJournal(file, readHappening)).toEqual([])
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  test('cut off at any byte keeps every event before the cut and takes new ones', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({unit: 'binary'}), {minLength: 1, maxLength: 4}),
        fc.double({min: 0, max: 1, noNaN: true}),
        async (texts, where) => {
          const whole = Buffer.from(texts.map((text) => `${JSON.stringify({text})}\n`).join(''))
          const cut = Math.round(whole.length * where)
          await writeFile(file, whole.subarray(0, cut))
          const ended = whole.subarray(0, cut).toString('latin1').split('\n').length - 1
          const isWhole = cut < whole.length && whole[cut] === 0x0a ? 1 : 0

          const journal = await openJournal(file, readHappening)
          await journal.append({text: 'after'})
          await journal.close()

          const kept = [...texts.slice(0, ended + isWhole), 'after']
          expect((await readJournal(file, readHappening)).map(({text}) => text)).toEqual(kept)
        },
      ),
      {numRuns: 40},
    )
  })

  test('whose end was never written but for zeros is read up to there', async () => {
    await writeFile(file, Buffer.concat([Buffer.from('{"text":"one"}\n'), Buffer.alloc(30)]))

    const journal = await openJournal(file, readHappening)
    await journal.close()

    expect(await readFile(file, 'utf8')).toBe('{"text":"one"}\n')
  })

  test.each([
    ['no JSON', '{"text":"one"}\n{"te\n{"text":"three"}\n', 'It is no JSON.'],
    ['another event', '{"text":"one"}\n{"other":1}\n', 'It has no text.'],
    ['another event without an end', '{"text":"one"}\n{"other":1}', 'It has no text.'],
  ])('with a line that is %s is refused by line, and left as it is', async (_, text, why) => {
    await writeFile(file, text)

    const opened = openJournal(file, readHappening)

    await expect(opened).rejects.toMatchObject({
      code: 'JOURNAL_DAMAGED',
      message: expect.stringContaining('Line 2 of'),
      why,
    })
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  test('that is read while a line is being written has the lines before it, and stays as it is', async () => {
    await writeFile(file, '{"text":"one"}\n')
    await appendFile(file, '{"text":"tw')

    expect(await readJournal(file, readHappening)).toEqual([{text: 'one'}])
    expect(await readFile(file, 'utf8')).toBe('{"text":"one"}\n{"text":"tw')
  })
})
