/** Advice for programs that call an endpoint themselves, and what it means for a client of the gateway. */
const words: readonly (readonly [RegExp, string])[] = [
  [
    /^chat: \S+ takes prompts only.*$/s,
    'messages: this model continues prompts only. Use /v1/completions, or ask the operator of the gateway for a prompt style.',
  ],
  [
    /^complete: \S+ takes conversations only.*$/s,
    'prompt: this model answers conversations only. Use /v1/chat/completions.',
  ],
  [/^complete: the transport 'openai'.*$/s, 'prompt: this model answers conversations only. Use /v1/chat/completions.'],
  [/^messages: a (\w+) cannot be written in a named prompt style.*$/s, 'messages: this model takes text only, no $1.'],
  [/^messages: (\w+) cannot be put into a prompt$/, 'messages: this model takes text only, no $1.'],
  [/^content: \S+ takes text alone, no (\w+)$/, 'messages: this model takes text only, no $1.'],
  [/^image: \S+ takes no images$/, 'messages: this model takes no images.'],
  [/^(?:tools|toolUse, toolResult): .* has no tools.*$/s, 'tools: this model has no tools.'],
  [/^toolChoice: .* cannot force a tool$/, 'tool_choice: this model cannot be made to call a tool.'],
  [
    /^toolChoice: \S+ can require a tool, but not name it$/,
    'tool_choice: this model cannot be made to call a certain tool.',
  ],
  [/^toolChoice: there are no tools to choose from$/, 'tool_choice: there are no tools to choose from.'],
  [
    /^toolResult: there is no toolUse with its toolUseId before it$/,
    'messages: the call that a result of a tool names is missing.',
  ],
  [/^stopSequences: an empty stop sequence ends every answer$/, 'stop: an empty text would end every answer.'],
  [/^responseFormat(?:\.schema)?: .* cannot be held to JSON$/, 'response_format: this model cannot be held to JSON.'],
  [
    / Read the licence, then pass customAttributes: 'accept_eula=true'\.$/,
    ' The operator of the gateway has to accept it.',
  ],
  [/ Wait for it with retry\.readyWithinMs\.$/, ' Send the request again later.'],
  [/ Send fewer requests at once \(maxConcurrency\) or add instances\.$/, ' Send fewer requests at once.'],
  [
    / See the container's log in CloudWatch\.$/,
    " The operator of the gateway finds the reason in the container's log.",
  ],
  [/,? or see the container's log\.$/, '.'],
  [/ within timeouts\.\w+ of (\d+) ms/, ' within $1 ms'],
  [/ within timeouts\.connectMs/, ' in time'],
  [/ Raise the limit if the model needs longer\.$/, ' Ask for a shorter answer.'],
]

/** A message about a call in words that a client of the gateway can act on, since it can set no options. */
export function inClientWords(message: string): string {
  return words.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), message)
}
