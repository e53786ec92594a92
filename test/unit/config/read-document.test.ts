import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {z} from 'zod'
import {readDocument} from '../../../src/lib/config/read-document.js'
import type {BedrockctlError} from '../../../src/lib/core/errors.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bedrockctl-document-'))
})
afterAll(() => rm(folder, {recursive: true}))

const amount = z.union([
  z.number().min(0, 'is less than nothing'),
  z.string().regex(/^\d+k$/, 'is no amount such as 20k'),
])
const zoo = z.strictObject({
  animals: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({kind: z.literal('bird'), name: z.string(), wings: amount.default(2)}),
        z.strictObject({kind: z.enum(['fish', 'whale']), name: z.string(), diet: z.enum(['krill', 'plankton'])}),
      ]),
    )
    .default([]),
  keepers: z.record(z.string(), amount).optional(),
  note: z.string().optional(),
})

const KIND = {
  schema: zoo,
  what: 'a zoo file',
  code: 'ZOO',
  largestBytes: 100_000,
  hint: 'Correct these lines.',
  elsewhere: 'Name another file.',
}

async function* sent(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* chunks
}

function read(...chunks: readonly (string | Uint8Array)[]) {
  return readDocument('-', KIND, sent(...chunks))
}

async function refusal(text: string | Uint8Array): Promise<BedrockctlError> {
  return read(text).then(
    () => expect.unreachable('it was read'),
    (error: BedrockctlError) => error,
  )
}

async function told(text: string | Uint8Array): Promise<readonly string[]> {
  const {code, exitCode, why} = await refusal(text)
  expect([code, exitCode]).toEqual(['ZOO_INVALID', 2])
  return (why ?? '').split('\n')
}

describe('a document', () => {
  test('is read from a file, with its defaults', async () => {
    const file = join(folder, 'zoo.yaml')
    await writeFile(file, 'animals:\n  - {kind: bird, name: Kea}\n')

    const {value} = await readDocument(file, KIND)

    expect(value).toEqual({animals: [{kind: 'bird', name: 'Kea', wings: 2}]})
  })

  test('is read from standard input, in whatever pieces it comes', async () => {
    const bytes = Buffer.from('note: "naïve 🐧"')

    expect((await read(bytes.subarray(0, 9), bytes.subarray(9, 15), bytes.subarray(15))).value).toMatchObject({
      note: 'naïve 🐧',
    })
  })

  test.each([
    ['JSON indented by tabs', '{\n\t"note": "x",\n\t"animals": []\n}'],
    [
      'JSON on one line',
      `{"note":"x","animals":[${Array(200).fill('{"kind":"bird","name":"Kea","wings":2}').join(',')}]}`,
    ],
    ['lines that end as on Windows', 'note: x\r\nanimals: []\r\n'],
    ['a byte order mark', '\uFEFFnote: x'],
    ['UTF-16, as Windows PowerShell writes it', Buffer.from('\uFEFFnote: x', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\uFEFFnote: x', 'utf16le').swap16()],
    ['a document between its marks', '---\nnote: x\n...\n'],
  ])('may be %s', async (_, text) => {
    expect((await read(text)).value).toMatchObject({note: 'x'})
  })

  test('may be empty where everything has a default', async () => {
    expect((await read('')).value).toEqual({animals: []})
  })

  test('is what its reader takes for it when nothing stands in it', async () => {
    const whenEmpty = {animals: [], note: 'nobody'}

    const {value} = await readDocument('-', {...KIND, whenEmpty}, sent('# nothing\n'))

    expect(value).toBe(whenEmpty)
  })

  test('may share what it says twice by anchors and merge keys', async () => {
    const text = 'animals:\n  - &kea {kind: bird, name: Kea}\n  - *kea\n  - {<<: *kea, name: Moa}\n'

    expect((await read(text)).value.animals.map(({name}) => name)).toEqual(['Kea', 'Kea', 'Moa'])
  })

  test('may name one anchor a thousand times', async () => {
    const text = `animals:\n  - &kea {kind: bird, name: Kea}\n${'  - *kea\n'.repeat(1000)}`

    expect((await read(text)).value.animals).toHaveLength(1001)
  })

  test('knows the lines of its members', async () => {
    const {lineOf} = await read('# zoo\nanimals:\n  - kind: bird\n    name:\n      Kea\n  - {kind: bird, name: Moa}\n')

    expect([[], ['animals'], ['animals', 0], ['animals', 0, 'name'], ['animals', 1, 'name']].map(lineOf)).toEqual([
      2, 2, 3, 4, 6,
    ])
    expect(
      [
        ['animals', 1, 'wings'],
        ['animals', 7],
        ['note', 'x'],
      ].map(lineOf),
    ).toEqual([6, 2, 2])
  })

  test('is what JSON says, whatever JSON says', async () => {
    const anything = {...KIND, schema: z.unknown()}
    // Keys that mean something to a file of YAML are not taken as JSON takes them.
    const members = fc
      .dictionary(fc.string(), fc.jsonValue({maxDepth: 5}), {minKeys: 1, noNullPrototype: true})
      .filter((value) => !/"(__proto__|<<)":/.test(JSON.stringify(value)))

    await fc.assert(
      fc.asyncProperty(members, async (value) => {
        const text = JSON.stringify(value).replace(/[\u007F-\u009F]/g, '')
        const {value: again} = await readDocument('-', anything, sent(text))
        expect(again).toEqual(JSON.parse(text))
      }),
    )
  })
})

describe('what a schema refuses', () => {
  test('is told all at once, in the order of the lines, with what was meant', async () => {
    const text = [
      'naot: x',
      'animals:',
      '  - kind: brid',
      '    name: Kea',
      '  - name: Moa',
      '  - kind: whale',
      '    nam: Moby',
      '    diet: kril',
      '  - kind: bird',
      '    name: Kea',
      '    wigns: 2',
      'keepers:',
      '  ann: -1',
    ].join('\n')

    expect(await told(text)).toEqual([
      'line 1: naot: unknown key. Did you mean note?',
      'line 3: animals.0.kind: "brid" is none of bird, fish, whale. Did you mean bird?',
      'line 5: animals.1.kind: missing; one of bird, fish, whale',
      'line 6: animals.2.name: missing; expected string',
      'line 7: animals.2.nam: unknown key. Did you mean name?',
      'line 8: animals.2.diet: Invalid option: expected one of "krill"|"plankton". Did you mean krill?',
      'line 11: animals.3.wigns: unknown key. Did you mean wings?',
      'line 13: keepers.ann: is less than nothing',
    ])
  })

  test.each([
    ['the form of a union that was meant', 'keepers: {ann: 3m}', 'keepers.ann: is no amount such as 20k'],
    ['the types of a union when none was meant', 'keepers: {ann: [1]}', 'keepers.ann: expected number or string'],
    ['a number that is too large to be one', 'keepers: {ann: 1e999}', 'keepers.ann: is too large for a number'],
    ['what is no number', 'keepers: {ann: .nan}', 'keepers.ann: is no number'],
    ['a list', '- animals', 'the document: Invalid input: expected object, received array'],
    ['a word', 'hello', 'the document: Invalid input: expected object, received string'],
    ['keys that every object has', 'constructor: 1', 'constructor: unknown key'],
  ])('names %s', async (_, text, said) => {
    expect(await told(text)).toEqual([`line 1: ${said}`])
  })

  test('is told beside keys that stand twice', async () => {
    expect(await told('note: x\nnote: y\nnoet: z\n')).toEqual([
      'line 2: the key note stands twice, first on line 1',
      'line 3: noet: unknown key. Did you mean note?',
    ])
  })

  test('is told beside what its reader finds wrong in the content as it came', async () => {
    const alsoWrong = () => [{path: ['animals'], said: 'none of them is a kea'}]

    const error = await readDocument('-', {...KIND, alsoWrong}, sent('animals: []\nnoet: x\n')).catch(
      (caught: BedrockctlError) => caught,
    )

    expect(error).toMatchObject({
      why: 'line 1: animals: none of them is a kea\nline 2: noet: unknown key. Did you mean note?',
    })
  })

  test('is told in a dozen lines, however much there is', async () => {
    const lines = await told(Array.from({length: 5000}, (_, index) => `key${index}: 1`).join('\n'))

    expect(lines).toHaveLength(13)
    expect(lines.at(-1)).toBe('and 4988 more')
  })

  test('is told in short, however long it is', async () => {
    expect((await told(`${'x'.repeat(900)}: 1`)).join('').length).toBeLessThan(320)
  })
})

describe('what is no document', () => {
  test.each([
    ['an unclosed list', 'animals: [\nnote: x', /^line 2:/],
    ['tabs that indent', 'animals:\n\t- x', /^line 2: Tabs/],
    ['a colon too many', 'note: a: b', /^line 1: Nested mappings/],
    ['two documents', 'note: x\n---\nnote: y\n', 'line 2: a second document begins; only one may stand in a file'],
    ['a tag', 'note: !Ref x', 'line 1: Unresolved tag: !Ref'],
    ['NUL', 'note: x\nanimals: \0', 'line 2: the control character U+0000 may not stand in YAML'],
    ['an escape sequence', 'note: \u001B[2J', 'line 1: the control character U+001B may not stand in YAML'],
    ['bytes that are no text', Buffer.from([0x61, 0x3a, 0x0a, 0xff, 0x0a]), 'line 2: not UTF-8 text'],
    ['a key that is a list', '? [a, b]\n: c', 'line 1: a key must be plain text'],
    ['a prototype', 'note: x\n__proto__: {note: y}', 'line 2: __proto__ is no key that a file may have'],
    ['an alias to nothing', 'note: *b', 'line 1: *b names nothing above it'],
    ['an alias to what it stands in', 'animals: &a [*a]', 'line 1: *a stands within what it names'],
    [
      'lists that nest too deeply',
      `animals: ${'['.repeat(90)}${']'.repeat(90)}`,
      'line 1: nested more than 64 levels deep',
    ],
    ['lists without bottom', `animals: ${'['.repeat(90_000)}`, 'line 1: nested more than 64 levels deep'],
    ['maps without bottom', `note: x\nanimals: ${'{'.repeat(90_000)}`, 'line 2: nested more than 64 levels deep'],
    ['keys without bottom', `animals: ${'{a: '.repeat(20_000)}`, 'line 1: nested more than 64 levels deep'],
    ['keys of keys without bottom', '? '.repeat(40_000), 'line 1: nested more than 64 levels deep'],
    [
      'entries without bottom',
      `note: x\n\nanimals:\n  ${'- '.repeat(40_000)}`,
      'line 4: nested more than 64 levels deep',
    ],
    ['keys of keys', '? '.repeat(60), 'line 1: a key must be plain text'],
    ['too many bytes', 'x'.repeat(100_001), 'more than 100000 bytes: more than a zoo file can need'],
  ])('is refused: %s', async (_, text, said) => {
    const lines = await told(text)

    if (typeof said === 'string') expect(lines).toEqual([said])
    else expect(lines.join('\n')).toMatch(said)
  })

  test.each([
    ['brackets that close nothing', ']'],
    ['commas between nothing', ','],
  ])('is refused in good time: %s', async (_, sign) => {
    const lines = await told(`animals: [${sign.repeat(90_000)}`)

    expect(lines[0]).toMatch(/^line 1: /)
    expect(lines).toHaveLength(13)
  })

  test('is refused when a few lines would grow to gigabytes', async () => {
    const grow = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'].map((pair) => [...pair])) {
      grow.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(', ')}]`)
    }

    expect(await told(grow.join('\n'))).toEqual(['line 6: aliases (*) repeat more than a file of this kind can need'])
  })

  test('is read no further than it may be long', async () => {
    let sentChunks = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        sentChunks += 1
        yield Buffer.alloc(60_000, '#')
      }
    }

    await expect(readDocument('-', KIND, endless())).rejects.toMatchObject({code: 'ZOO_INVALID'})
    expect(sentChunks).toBe(2)
  })

  test('is refused when it is a folder', async () => {
    await expect(readDocument(folder, KIND)).rejects.toMatchObject({code: 'ZOO_UNREADABLE', exitCode: 2})
  })

  test('is refused with a next step when it is not there', async () => {
    await expect(readDocument(join(folder, 'none.yaml'), KIND)).rejects.toMatchObject({
      code: 'ZOO_UNREADABLE',
      hint: 'Name another file.',
    })
  })
})
