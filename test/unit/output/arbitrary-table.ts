import * as fc from 'fast-check'
import type {Column, Scalar} from '../../../src/lib/output/view.js'

type AnyRow = readonly (Scalar | readonly string[])[]
export interface AnyTable {
  readonly rows: readonly AnyRow[]
  readonly columns: readonly Column<AnyRow>[]
}

/** What a name, a tag or a service message may hold. */
const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({unit: 'binary'}),
  fc.string({unit: 'grapheme', maxLength: 60}),
  fc.lorem({maxCount: 20}),
  fc.constantFrom(
    '',
    ' ',
    '日本語のモデル',
    '👩‍👩‍👧‍👦 family',
    'e\u0301a\u0308 combining',
    '\u001B[31mred\u001B[0m',
    '\u001B]0;title\u0007after',
    '\u009B31mC1',
    'a\nb\r\nc\td',
    '\u202Eright to left',
    '=1+1',
    '-2+3',
    '@SUM(A1)',
    '+1',
    '"quoted", and more',
    'pipe | and \\| and <b>html</b> & `code`',
    'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abcdefghijkl',
    'x'.repeat(400),
  ),
)

const value: fc.Arbitrary<Scalar | readonly string[]> = fc.oneof(
  {weight: 6, arbitrary: nastyText},
  {weight: 2, arbitrary: fc.double()},
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.array(nastyText, {maxLength: 3}),
)

/** Any table: one to eight columns of any weight and any text. */
export const anyTable: fc.Arbitrary<AnyTable> = fc
  .array(
    fc.record({
      title: nastyText,
      weight: fc.constantFrom(0, 0, 1, 2, 3, undefined),
      align: fc.constantFrom<('left' | 'right' | undefined)[]>('left', 'right', undefined),
    }),
    {minLength: 1, maxLength: 8},
  )
  .chain((shapes) =>
    fc.array(fc.tuple(...shapes.map(() => value)), {maxLength: 6}).map((rows) => ({
      rows,
      columns: shapes.map(({title, weight, align}, index) => ({
        key: `key-${index}`,
        title,
        value: (row: AnyRow) => row[index],
        ...(weight === undefined ? {} : {weight}),
        ...(align === undefined ? {} : {align}),
      })),
    })),
  )
