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
}
