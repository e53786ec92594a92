import type {ReadValues} from '../../account/snapshot.schema.js'

type Row = ReadValues['iam:credential-report']['rows'][number]

/** The rows of IAM's credential report: CSV without quotes, as no value in it can hold a comma. */
export function parseCredentialReport(content: string): readonly Row[] {
  const [head = '', ...lines] = content.split(/\r?\n/).filter((line) => line !== '')
  const columns = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return toRow(new Map(columns.map((column, index) => [column, cells[index] ?? ''])))
  })
}

function toRow(cells: ReadonlyMap<string, string>): Row {
  const at = (column: string) => dateOf(cells.get(column))
  const key = (number: 1 | 2) => ({
    active: cells.get(`access_key_${number}_active`) === 'true',
    rotatedAt: at(`access_key_${number}_last_rotated`),
    lastUsedAt: at(`access_key_${number}_last_used_date`),
  })
  return {
    user: cells.get('user') ?? '',
    arn: cells.get('arn') ?? '',
    createdAt: at('user_creation_time'),
    password: truthOf(cells.get('password_enabled')),
    passwordLastUsedAt: at('password_last_used'),
    mfa: cells.get('mfa_active') === 'true',
    accessKeys: [key(1), key(2)].filter(({active, rotatedAt}) => active || rotatedAt !== null),
  }
}

/** The root user's cell says `not_supported`. */
function truthOf(cell: string | undefined): boolean | null {
  return cell === 'true' ? true : cell === 'false' ? false : null
}

/** `N/A`, `no_information` and `not_supported` are no dates. */
function dateOf(cell: string | undefined): string | null {
  const time = Date.parse(cell ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
