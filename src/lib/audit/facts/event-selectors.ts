import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'

type Selectors = PartValue<ReadItem<'cloudtrail:trails'>['selectors']>
type BasicSelector = Selectors['basic'][number]
type AdvancedSelector = Selectors['advanced'][number]
type FieldSelector = AdvancedSelector['fields'][number]

/** An event as selectors see it. */
export interface RecordedEvent {
  readonly category: 'Management' | 'Data'
  /** Such as bedrock.amazonaws.com. */
  readonly source: string
  readonly name: string
  readonly readOnly: boolean
  /** Of data events: such as AWS::Bedrock::AgentAlias. */
  readonly resourceType?: string
  /** Undefined stands for any resource of the type. */
  readonly resourceArn?: string | undefined
}

/** Basic selectors know no resource type of Bedrock: they select its management events or nothing of it. */
export function selectedByBasic({readWrite, management, excludes}: BasicSelector, event: RecordedEvent): boolean {
  if (event.category === 'Data' || !management || excludes.includes(event.source)) return false
  const wanted = readWrite.toLowerCase()
  return wanted === 'all' || wanted === (event.readOnly ? 'readonly' : 'writeonly')
}

/** All fields of an advanced selector must hold. A field that is not known of every such event leaves some out. */
export function selectedByAdvanced({fields}: AdvancedSelector, event: RecordedEvent): boolean {
  const isOfCategory = fields.some(({field, equals}) => field === 'eventCategory' && equals.includes(event.category))
  return isOfCategory && fields.every((selector) => holds(selector, fieldOf(selector.field, event)))
}

function fieldOf(field: string, event: RecordedEvent): string | undefined {
  switch (field) {
    case 'eventCategory':
      return event.category
    case 'eventSource':
      return event.source
    case 'eventName':
      return event.name
    case 'eventType':
      return 'AwsApiCall'
    case 'readOnly':
      return String(event.readOnly)
    case 'resources.type':
      return event.resourceType
    case 'resources.ARN':
      return event.resourceArn
    default:
      return undefined
  }
}

function holds(selector: FieldSelector, value: string | undefined): boolean {
  if (value === undefined) return false
  const {equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith} = selector
  const isFree = equals.length + startsWith.length + endsWith.length === 0
  const isWanted =
    isFree ||
    equals.includes(value) ||
    startsWith.some((start) => value.startsWith(start)) ||
    endsWith.some((end) => value.endsWith(end))
  const isLeftOut =
    notEquals.includes(value) ||
    notStartsWith.some((start) => value.startsWith(start)) ||
    notEndsWith.some((end) => value.endsWith(end))
  return isWanted && !isLeftOut
}
