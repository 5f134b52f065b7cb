/** Controls of terminals and of writing direction, which could forge what a log or a terminal shows. */
// oxlint-disable-next-line no-control-regex -- these are what it finds
const controls = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

/** A text without control characters; a space takes the place of each. */
export function printable(text: string): string {
  return text.replaceAll(controls, ' ')
}
