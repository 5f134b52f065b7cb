/** Prompts that the demo models answer sensibly with the settings that the page starts with. */
export const suggestedPrompts = {
  chat: ['What is bread made of?', 'What is the capital of France?', 'Why is the sea salty?'],
  complete: ['The capital of France is', 'A storm announces itself'],
} as const
