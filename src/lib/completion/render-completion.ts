import type {View} from '../output/view.js'
import type {CompletionResult} from './completion.schema.js'

export const completionView: View<CompletionResult, Pick<CompletionResult, 'shell' | 'script'>> = {
  rows: ({shell, script}) => [{shell, script}],
  columns: () => [
    {key: 'shell', title: 'Shell', value: ({shell}) => shell},
    {key: 'script', title: 'Script', value: ({script}) => script},
  ],
  text: ({script}) => script,
}
