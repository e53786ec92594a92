/** What a check of a data set is about, for lists of rules and for what is told with each finding. */
export interface DatasetRule {
  /** `error`: the job fails, or trains on something else than is meant. */
  readonly level: 'error' | 'warning' | 'note'
  readonly title: string
  /** What to do about it. */
  readonly fix: string
}

const error = (title: string, fix: string): DatasetRule => ({level: 'error', title, fix})
const warning = (title: string, fix: string): DatasetRule => ({level: 'warning', title, fix})
const note = (title: string, fix: string): DatasetRule => ({level: 'note', title, fix})

/** All checks by their stable codes. */
export const DATASET_RULES = {
  'base-region': error('The base is not customized in the Region', 'Name another Region with --region.'),
  'base-lifecycle': error('No new job of the base is taken', 'Customize another base.'),
  'type-base': error('The base has no customization of that type', 'Name another base, or another type.'),
  'file-name': error('The name of the file is not taken', 'Rename it: letters, digits, _ - . and a name in .jsonl.'),
  'file-size': error('The file is larger than is taken', 'Leave rows out, or split it between jobs.'),
  encoding: error('The text is not plain UTF-8', 'Write the file anew as UTF-8 without a byte order mark.'),
  'byte-order-mark': error('The file starts with a byte order mark', 'Take it off: its first line is no JSON.'),
  'json-escape': warning('A text holds an escape that readers take differently', 'Take it out.'),
  'line-ending': warning('Lines do not all end with a line feed', 'End each line with LF alone.'),
  'empty-line': error('A line is blank', 'Take blank lines out: AWS fails the job over them.'),
  json: error('A line is no JSON object', 'Write one JSON object a line.'),
  'json-bomb': error('A line is too large or nested too deep to be a row', 'Take the row out.'),
  'json-key-twice': warning('A key stands twice in an object', 'Keep one: which of them counts is up to the reader.'),
  format: error('The row is of another format than the base takes', 'Write rows as the base takes them.'),
  'dpo-format': error(
    'The row holds preferences',
    'Keep the preferred answer alone: no customization of Bedrock takes preference data.',
  ),
  'key-missing': error('A required key is missing', 'Add it.'),
  'key-type': error('A value is of the wrong type', 'Write it as the format has it.'),
  'key-extra': warning('A key is not part of the format', 'Leave it out.'),
  'schema-version': warning('schemaVersion is not bedrock-conversation-2024', 'Set it to bedrock-conversation-2024.'),
  'role-unknown': error('A role is not taken', 'Use the roles of the format, in lower case.'),
  'role-case': warning('A role is written with capitals', 'Write roles in lower case.'),
  'role-system-in-messages': error('The system prompt stands among the messages', 'Move it to the member "system".'),
  'role-order': error('Turns do not alternate from the user on', 'Let user and assistant take turns.'),
  'last-turn': error('The last turn is not of the assistant', 'End with the answer to be learned.'),
  turns: error('The row has the wrong number of turns', 'Cut it into rows of the turns that are taken.'),
  'empty-content': error('A text is empty or blank', 'Take the row out, or give it text.'),
  'reserved-word': error('A text holds a reserved word', 'Word it differently, without the colon or brackets.'),
  'reserved-word-extra': warning(
    'A text holds a word that the AWS validator of Nova data refuses',
    'Word it differently.',
  ),
  'tokens-hard': error('A text has more characters than its limit of tokens allows', 'Shorten or split the row.'),
  'tokens-estimate': warning('A row is likely above the limit of tokens', 'Count it, and shorten or split it.'),
  'line-size': error('A line is longer than is taken', 'Shorten the prompt.'),
  'caption-length': error('A caption is shorter or longer than is taken', 'Write another caption.'),
  'count-min': error('There are fewer rows than a job needs', 'Add rows.'),
  'count-max': error('There are more rows than a job takes', 'Leave rows out, or ask for a higher quota.'),
  'count-few': note('There are few rows', 'AWS advises at least 100 rows for each task.'),
  'validation-set': error('The customization takes no validation set', 'Leave out --validation.'),
  duplicate: warning('A row stands more than once', 'Keep one: repeated rows count for more in training.'),
  conflicting: warning('One prompt has different answers', 'Keep the answer that is meant, if only one is.'),
  leakage: warning('A row of the validation set is in the training set', 'Take it out of the validation set.'),
  pii: warning('A text seems to hold personal data', 'Take it out or mask it: models can repeat what they learned.'),
  secret: error('A text seems to hold a secret key', 'Take it out, and replace the key wherever it is used.'),
  'media-mixed': error('The data set holds images and videos', 'Make two data sets: AWS takes one kind in each.'),
  'media-role': error('Media stand where they may not', 'Move them to the user.'),
  'media-model': error('The base takes no media of that kind', 'Take it out, or customize another base.'),
  'media-format': error('A format of media is not taken', 'Convert it, and name its format as AWS does.'),
  'media-count': error('A row holds too many media', 'Split the row.'),
  'media-uri': error(
    'A medium is not named as AWS wants it',
    'Name it by s3Location, in the bucket of the data set, with A-Z a-z 0-9 _ - / . in its key.',
  ),
  'media-missing': error('A medium is not there', 'Upload it, or correct its URI.'),
  'media-size': error('A medium is larger than is taken', 'Make it smaller.'),
  'media-dimensions': error('An image has too few or too many pixels', 'Scale it.'),
  'media-duration': warning('A video is longer than is taken', 'Cut it.'),
  'media-not-checked': note('Media were not looked at', 'Look at them with --check-media.'),
  reasoning: error('Reasoning stands where it may not', 'Take it out.'),
  tools: error('Tools and their uses do not fit together', 'Declare each tool once, and answer each use once.'),
  'rft-reference': warning('A prompt has no reference answer', 'Add reference_answer, or let the grader cope without.'),
  'rft-user': error('Messages do not begin with system or user', 'Put the system prompt first, and ask as user.'),
} as const satisfies Readonly<Record<string, DatasetRule>>

export type DatasetCode = keyof typeof DATASET_RULES
