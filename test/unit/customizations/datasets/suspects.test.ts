import {expect, test} from 'vitest'
import {FOUND, TextScan} from '../../../../src/lib/customizations/datasets/text-scan.js'

function found(text: string, words = true): readonly string[] {
  const scan = new TextScan(words)
  const bytes = Buffer.from(JSON.stringify(text))
  scan.scan(bytes, 1, bytes.length - 1, () => text)
  return Object.entries(FOUND).flatMap(([name, bit]) => ((scan.found & bit) === 0 ? [] : [name]))
}

const AWS_KEY = ['AKIA', 'QRSTUVWXYZ234567'].join('')

test.each([
  ['email', 'joe.doe+x@mail.acme.co.uk.'],
  ['email', 'a\njoe@acme.io\nb'],
  ['phone', 'ring +1 (415) 555-0100'],
  ['phone', 'ring 415-555-0100 now'],
  ['card', 'card 4111111111111111.'],
  ['card', 'card 5500-0000-0000-0004 ends'],
  ['card', 'card 3782 822463 10005 ends'],
  ['iban', 'IBAN GB82WEST12345698765432.'],
  ['iban', 'IBAN DE89 3704 0044 0532 0130 00, thanks'],
  ['socialSecurity', 'her number is 512-45-6789, he said'],
  ['awsKey', `id=${AWS_KEY}\n`],
  ['privateKey', ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')],
  ['reserved', 'the superuser: yes'],
  ['reserved', 'BOT:'],
  ['reserved', 'an <IMAGE> here'],
  ['reserved', 'ends [eos]'],
  ['reservedExtra', 'Thought: none'],
])('%s is found in %j', (name, text) => {
  expect(found(text)).toEqual([name])
})

test.each([
  'joe@example.com and me@mail.example.org',
  '@joe wrote a@b and 5 @ 3 each',
  'version 4.1.12 of 2026-11-21 at 16:25:08, order 1234567890123456',
  'between 1990 and 2026, 3.14159265358979, 192.168.100.200',
  'a number 4111111111111112 that is no card, and 0000 0000 0000 0000',
  'DE00 3704 0044 0532 0130 00 is no account',
  'parts 000-12-3456, 912-34-5678, 123-00-4567, A123-45-6789 and 123-45-67890',
  'AKIA is no key, nor is AKIAABC',
  'user and system without a colon, <b>bold</b>, [1], https://x.y/z?bot=1',
  '-----BEGIN CERTIFICATE-----',
])('nothing is found in %j', (text) => {
  expect(found(text)).toEqual([])
})

test('escapes hide nothing, and words are only looked for where they are reserved', () => {
  const scan = new TextScan(true)
  const bytes = Buffer.from('"\\u0055ser\\u003a and joe\\u0040acme.io"')
  scan.scan(bytes, 1, bytes.length - 1, () => String(JSON.parse(bytes.toString())))

  expect(scan.found).toBe(FOUND.reserved | FOUND.email)
  expect(found('User: hi', false)).toEqual([])
})

test.each(['a@', '1 ', '-', '--', 'AKIA', 'AB12', '9', 'a@b.', '\\'])('a megabyte of %j is passed over', (piece) => {
  expect(found(piece.repeat(1_000_000 / piece.length))).toEqual([])
})
