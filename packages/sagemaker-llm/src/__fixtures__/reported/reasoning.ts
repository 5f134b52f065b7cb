import { delta, message, type ReportedAnswers } from './reported-answer.ts'

export const reasoning: ReportedAnswers = {
  'reasoning in a list of content, as Mistral writes it': {
    whole: message({
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: 'The user asks' }] },
        { type: 'text', text: '4' },
      ],
    }),
    expected: { text: '4', reasoning: 'The user asks' },
  },
  'reasoning in a list of content, streamed': {
    values: [
      delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] }),
      delta({ content: [{ type: 'text', text: 'Four.' }] }, 'stop'),
    ],
    expected: { text: 'Four.', reasoning: 'Hm.' },
  },
  'reasoning in a list of content, as text': {
    whole: message({
      content: [
        { type: 'thinking', thinking: 'Hm.' },
        { type: 'text', text: 'Four.' },
      ],
    }),
    expected: { text: 'Four.', reasoning: 'Hm.' },
  },
  "reasoning in Ollama's member": {
    values: [
      { model: 'm', message: { role: 'assistant', content: '', thinking: 'Hm.' }, done: false },
      { model: 'm', message: { role: 'assistant', content: 'Four.' }, done: true, done_reason: 'stop' },
    ],
    expected: { text: 'Four.', reasoning: 'Hm.', stopReason: 'end_turn' },
  },
  ...Object.fromEntries(
    [
      { type: 'reasoning', reasoning: 'Hm.' },
      { type: 'reasoning', text: 'Hm.' },
      { type: 'reasoning.text', text: 'Hm.', format: 'unknown', index: 0 },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] },
    ].map((part) => [
      `reasoning in a list of content as ${JSON.stringify(part)}`,
      {
        whole: message({ content: [part, { type: 'text', text: 'Four.' }] }),
        expected: { text: 'Four.', reasoning: 'Hm.' },
      },
    ]),
  ),
  'reasoning told twice, in a text and in details': {
    whole: message({
      content: 'Four.',
      reasoning: 'Hm.',
      reasoning_details: [{ type: 'reasoning.text', text: 'Hm.' }],
    }),
    expected: { text: 'Four.', reasoning: 'Hm.' },
  },
  'reasoning in details only, streamed': {
    values: [
      delta({ content: '', reasoning_details: [{ type: 'reasoning.summary', summary: 'Hm.' }] }),
      delta({ content: 'Four.' }, 'stop'),
    ],
    expected: { text: 'Four.', reasoning: 'Hm.' },
  },
}
