/** A whole text without the prompt before it, if and only if it begins with all of it. */
export function withoutEcho(text: string, prompt: string | undefined): string {
  return prompt !== undefined && text.startsWith(prompt) ? text.slice(prompt.length) : text
}
