import {plural, sanitise, sizeWords} from '../../core/text.js'
import {formatPrice} from '../../output/money.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {costLines, labelled, nextLines} from '../import-words.js'
import type {ImportsCreateResult} from './imports-create.schema.js'

type Row = Pick<ImportsCreateResult, 'modelName' | 'jobName' | 'outcome' | 's3Uri'>

const COLUMNS: readonly Column<Row>[] = [
  {key: 'name', title: 'MODEL', value: ({modelName}) => modelName, weight: 0},
  {key: 'outcome', title: 'OUTCOME', value: ({outcome}) => outcome, weight: 0},
  {key: 'job', title: 'JOB', value: ({jobName}) => jobName},
  {key: 'files', title: 'FILES', value: ({s3Uri}) => s3Uri},
]

const OUTCOMES: Readonly<Record<ImportsCreateResult['outcome'], string>> = {
  'would-create': 'would be imported; nothing was done: --dry-run',
  blocked: 'not imported: it would fail',
  'already-imported': 'was imported already',
  'already-running': 'is being imported already',
  created: 'is being imported',
  ended: 'its import has ended',
  'timed-out': 'is being imported; the wait is over',
  interrupted: 'is being imported; waiting ended',
}

const WARNED: readonly ImportsCreateResult['outcome'][] = ['blocked']

export const importsCreateView: View<ImportsCreateResult, Row> = {
  rows: (result) => [result],
  columns: () => COLUMNS,
  text: renderCreate,
}

/** Asked before anything is uploaded or made. */
export function createQuestion({cost, modelName, region, s3Uri, source, upload}: ImportsCreateResult): string {
  const first = upload === null ? '' : ` first uploads ${plural(upload.files, 'file')} (${sizeWords(upload.bytes)}),`
  const unpack = source.archive === null ? '' : ` first unpacks ${source.archive},`
  const per = cost?.unitsPerCopy === null ? ' for each Custom Model Unit' : ''
  const money =
    cost === null || cost.storagePerMonth === null || cost.perWindow === null
      ? 'What the model costs afterwards is not known.'
      : `The import is free; the model costs ${formatPrice(cost.storagePerMonth, cost.currency)} a month while it is kept, and ${formatPrice(cost.perWindow, cost.currency)} for each 5 minutes in which a copy is called,${per === '' ? ' as far as its units are known' : per}.`
  return `This${first}${unpack} imports ${s3Uri} as ${modelName} into ${region}. ${money} Go on?`
}

function renderCreate(result: ImportsCreateResult, terminal: Terminal): string {
  const {cost, failure, jobName, kmsKeyId, modelName, next, outcome, region, roleArn, s3Uri, skipped, source, upload} =
    result
  const said = WARNED.includes(outcome) ? paint('bad', OUTCOMES[outcome], terminal) : OUTCOMES[outcome]
  const state = result.import === null ? [] : [result.import.state]
  const line = (label: string, text: string | null) => (text === null ? [] : labelled(label, sanitise(text), terminal))
  return [
    ...wrapText([paint('strong', sanitise(modelName), terminal), said, ...state, region].join('   '), terminal.width),
    '',
    ...line(
      'source',
      source.kind === 's3' ? null : `${source.address}${source.archive === null ? '' : `, ${source.archive}`}`,
    ),
    ...line('files', s3Uri),
    ...line('upload', upload && uploadWords(upload)),
    ...line('role', roleArn),
    ...line('key', kmsKeyId),
    ...line('job', jobName),
    ...checkLines(result, terminal),
    ...line('skipped', skipped),
    ...line('units', result.check?.estimate?.said ?? null),
    ...(cost === null
      ? []
      : costLines(cost).flatMap((text, index) => labelled(index === 0 ? 'cost' : '', text, terminal))),
    ...(failure === null ? [] : ['', ...labelled('failed', sanitise(failure.message), terminal, 'bad')]),
    ...(failure?.remedy ? labelled('to do', failure.remedy, terminal) : []),
    ...(next.length === 0 ? [] : ['', ...nextLines(next, terminal)]),
  ].join('\n')
}

function uploadWords({bytes, files, leftOut, sentBytes}: NonNullable<ImportsCreateResult['upload']>): string {
  const sent =
    sentBytes === null ? 'to go' : sentBytes === bytes ? 'sent' : `of which ${sizeWords(sentBytes)} had to be sent`
  const left =
    leftOut.length === 0 ? '' : `; left out: ${leftOut.slice(0, 5).join(', ')}${leftOut.length > 5 ? ', …' : ''}`
  return `${plural(files, 'file')}, ${sizeWords(bytes)} ${sent}${left}`
}

/** What the check found, blockers in full. */
function checkLines({check, modelName, region, roleArn}: ImportsCreateResult, terminal: Terminal): readonly string[] {
  if (check === null) return []
  const failed = check.findings.filter(({verdict}) => verdict === 'fail')
  const blockers = failed.filter(({severity}) => severity === 'blocker')
  const warnings = failed.filter(({severity}) => severity === 'warning').length
  const unknown = check.findings.filter(({verdict}) => verdict === 'unknown').length
  const counts = `${plural(blockers.length, 'blocker')}, ${plural(warnings, 'warning')}, ${unknown} not known`
  const all = `bedrockctl imports check ${check.model.address} --role ${roleArn} --name ${modelName} --region ${region}`
  return [
    ...labelled('check', `${counts}${warnings + unknown > 0 ? `; all of them: ${all}` : ''}`, terminal),
    ...blockers.flatMap(({check: id, file, fix, said}) => [
      ...labelled(id, sanitise(file === null ? said : `${file}: ${said}`), terminal, 'bad'),
      ...(fix === null ? [] : labelled('', sanitise(fix), terminal)),
    ]),
  ]
}
