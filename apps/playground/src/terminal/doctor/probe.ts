/**
 * One request that every container either answers or refuses in its own words: it has the members of all those that take more
 * than one, and of each container only the ones that it knows count. Four tokens are enough to see whether an answer comes in
 * pieces.
 *
 * What some containers take alone (`prompt`, `message`, `text_input`, `text_inputs`, `texts`, `inputText`) is left out: beside
 * others, such a member would change which of its formats a container answers with. They are known by their refusals.
 */
export function probeBody(model: string | undefined): object {
  const text = 'Hello'
  const tokens = 4
  return {
    inputs: text,
    parameters: { max_new_tokens: tokens, details: true },
    messages: [{ role: 'user', content: text }],
    max_tokens: tokens,
    input: text,
    stream: true,
    ...(model !== undefined && { model }),
  }
}
