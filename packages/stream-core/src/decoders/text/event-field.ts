/** Whether a line of a server-sent event that starts at `start` begins with `data:`. */
export function isData(text: string, start: number): boolean {
  // Comparing codes one by one is measurably faster than `startsWith`.
  return (
    text.charCodeAt(start) === 0x64 &&
    text.charCodeAt(start + 1) === 0x61 &&
    text.charCodeAt(start + 2) === 0x74 &&
    text.charCodeAt(start + 3) === 0x61 &&
    text.charCodeAt(start + 4) === 0x3a
  )
}

/** Whether a line is a comment or a known field of a server-sent event. */
export function isField(line: string): boolean {
  return /^(?::|(?:data|event|id|retry)(?::|$))/.test(line)
}

/** Whether a line that starts like this may become a comment or a known field. */
export function mayBeField(start: string): boolean {
  return isField(start) || ['data', 'event', 'id', 'retry'].some((name) => name.startsWith(start))
}
